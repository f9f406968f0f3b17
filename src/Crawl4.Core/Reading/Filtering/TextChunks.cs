using AngleSharp.Dom;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Cuts a page into blocks of text: each stretch that runs within lines, each code block, each row
/// of a data table.</summary>
internal sealed class TextChunks
{
    private readonly PageContent _page;
    private readonly DataTables _tables;
    private readonly HashSet<INode> _withBlocks = new(ReferenceEqualityComparer.Instance);
    private readonly List<TextChunk> _chunks = [];

    private TextChunks(PageContent page)
    {
        _page = page;
        _tables = new DataTables(page);
    }

    public static IReadOnlyList<TextChunk> Of(PageContent page)
    {
        var chunks = new TextChunks(page);
        foreach (var root in page.Roots)
        {
            chunks.Mark(root);
            chunks.Root(root);
        }

        return chunks._chunks;
    }

    private void Root(INode root)
    {
        if (root is IElement element && !_withBlocks.Contains(element))
        {
            _chunks.Add(new TextChunk(element, [element], null));
        }
        else
        {
            Children(root, null);
        }
    }

    /// <summary>Marks what has blocks within. Recurses at most <see cref="PageParser.MaxDepth"/>
    /// deep.</summary>
    private bool Mark(INode node)
    {
        var found = false;
        var children = node.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement child && TagRoles.Of(child) != TagRole.Hidden)
            {
                found |= Mark(child) || TagRoles.IsBlock(TagRoles.Of(child));
            }
        }

        if (found)
        {
            _withBlocks.Add(node);
        }

        return found;
    }

    private void Children(INode parent, IElement? table)
    {
        List<INode> run = [];
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            var child = children[index];
            if (_page.IsExcluded(child))
            {
                continue;
            }

            if (child is IText)
            {
                run.Add(child);
            }
            else if (child is IElement element && TagRoles.Of(element) is var role && role != TagRole.Hidden)
            {
                if (!TagRoles.IsBlock(role) && !_withBlocks.Contains(element))
                {
                    run.Add(element);
                    continue;
                }

                EndRun(parent, ref run);
                Block(element, role, table);
            }
        }

        EndRun(parent, ref run);
    }

    private void Block(IElement element, TagRole role, IElement? table)
    {
        var isRow = table is not null && element.LocalName == "tr";
        if (isRow || role == TagRole.Preformatted || !_withBlocks.Contains(element))
        {
            _chunks.Add(new TextChunk(element, [element], isRow ? table : null));
            return;
        }

        Children(element, role == TagRole.Table ? _tables.IsData(element) ? element : null : table);
    }

    private void EndRun(INode parent, ref List<INode> run)
    {
        if (run.Exists(node => node is IElement || !string.IsNullOrWhiteSpace(((IText)node).Data))
            && parent is IElement owner)
        {
            _chunks.Add(new TextChunk(owner, run, null));
            run = [];
        }

        run.Clear();
    }
}
