using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Tells tables that hold data from those that lay a page out. A data table has cells that fit on a
/// line: no table, heading, list, code block or quote within, and more than one cell. One walk decides for
/// all.</summary>
internal sealed class DataTables
{
    private readonly HashSet<IElement> _layout = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IElement, int> _cells = new(ReferenceEqualityComparer.Instance);
    private readonly PageContent _page;
    private bool _isDone;

    public DataTables(PageContent page) => _page = page;

    public bool IsData(IElement table)
    {
        if (!_isDone)
        {
            _isDone = true;
            Visit(_page.Document, null);
        }

        return _cells.GetValueOrDefault(table) > 1 && !_layout.Contains(table);
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Visit(INode parent, IElement? table)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is not IElement element)
            {
                continue;
            }

            var role = TagRoles.Of(element);
            if (role == TagRole.Hidden)
            {
                continue;
            }

            var within = table;
            if (table is not null)
            {
                Judge(table, element, role);
            }

            if (role == TagRole.Table)
            {
                within = element as IElement;
                if (element.GetAttribute("role") is "presentation" or "none")
                {
                    _layout.Add(element);
                }
            }

            Visit(element, within);
        }
    }

    private void Judge(IElement table, IElement element, TagRole role)
    {
        if (element.LocalName is "td" or "th")
        {
            _cells[table] = _cells.GetValueOrDefault(table) + 1;
        }
        else if (role is TagRole.Table or TagRole.Heading or TagRole.UnorderedList or TagRole.OrderedList
            or TagRole.Preformatted or TagRole.Quote or TagRole.Rule or TagRole.Term or TagRole.Definition)
        {
            _layout.Add(table);
        }
    }
}
