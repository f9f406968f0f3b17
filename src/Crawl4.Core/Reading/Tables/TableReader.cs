using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Tables;

/// <summary>Reads a page's data tables.</summary>
internal sealed class TableReader(PageContent page, ReadingOptions options)
{
    /// <summary>Tables of a page. The pages that have more lay themselves out with them.</summary>
    public const int MaxTables = 2_000;

    /// <summary>Cells that may be added to rows shorter than the widest one, in all tables of a page.</summary>
    private const int MaxAddedCells = 1_000_000;

    /// <summary>Rows that name columns in the widest tables.</summary>
    private const int MaxHeaderRows = 8;

    private readonly List<PageTable> _found = [];
    private int _repeatable = Repetition.Of(page.Urls.SourceLength, TableGrid.MaxRepeatedOfPage);
    private int _addable = MaxAddedCells;

    public IReadOnlyList<PageTable> Read()
    {
        foreach (var root in page.Roots)
        {
            Node(root);
        }

        return _found;
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Node(INode node)
    {
        if (node is IElement element)
        {
            if (page.IsExcluded(element) || TagRoles.Of(element) is var role && role == TagRole.Hidden)
            {
                return;
            }

            if (role == TagRole.Table && _found.Count < MaxTables && Read(element) is { } table)
            {
                _found.Add(table);
            }
        }

        var children = node.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is not IText)
            {
                Node(children[index]);
            }
        }
    }

    private PageTable? Read(IElement table)
    {
        var grid = TableGrid.Of(table, page.IsExcluded, TextOf, text => text.Length, ref _repeatable);
        if (grid.Rows.Count == 0
            || TableScore.Of(table, TableMeasures.Of(table), grid) < options.TableScoreThreshold)
        {
            return null;
        }

        var caption = table.Children.FirstOrDefault(child => child.LocalName == "caption");
        var read = new PageTable
        {
            Headers = Headers(grid),
            Rows = [.. grid.Rows.Skip(grid.HeaderRows).Select(row => Padded(row, grid.Columns))],
            Caption = caption is null ? "" : TextOf(caption),
            Summary = HtmlSpace.Fold(table.GetAttribute("summary")),
        };
        return read with { Metadata = Metadata(table, read, grid.Columns) };
    }

    private static IReadOnlyList<string> Headers(TableGrid grid) => grid.HeaderRows == 0 ? []
        : [.. Enumerable.Range(0, grid.Columns).Select(column => string.Join(' ', grid.Rows
            .Take(Math.Min(grid.HeaderRows, Math.Max(MaxHeaderRows, MaxAddedCells / grid.Columns)))
            .Select(row => column < row.Count ? row[column] : "")
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal)))];

    private IReadOnlyList<string> Padded(IReadOnlyList<string> row, int columns)
    {
        var missing = Math.Min(columns - row.Count, _addable);
        _addable -= missing;
        return missing == 0 ? row : [.. row, .. Enumerable.Repeat("", missing)];
    }

    private static Dictionary<string, object?> Metadata(IElement table, PageTable read, int columns)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["row_count"] = read.Rows.Count,
            ["column_count"] = columns,
            ["has_headers"] = read.Headers.Count > 0,
            ["has_caption"] = read.Caption.Length > 0,
            ["has_summary"] = read.Summary.Length > 0,
        };
        foreach (var name in new[] { "id", "class" })
        {
            if (!string.IsNullOrWhiteSpace(table.GetAttribute(name)))
            {
                metadata[name] = table.GetAttribute(name);
            }
        }

        return metadata;
    }

    private string TextOf(IElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return text.ToString().TrimEnd(' ');
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep. Tables within are read on their
    /// own.</summary>
    private void Append(StringBuilder text, INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            var child = children[index];
            if (child is IText data)
            {
                HtmlSpace.AppendFolded(text, data.Data, int.MaxValue);
            }
            else if (child is IElement element && !page.IsExcluded(element)
                && TagRoles.Of(element) is var role && role is not (TagRole.Hidden or TagRole.Table))
            {
                var parts = TagRoles.IsBlock(role) || role == TagRole.Break;
                HtmlSpace.AppendFolded(text, parts ? " " : "", int.MaxValue);
                Append(text, element);
                HtmlSpace.AppendFolded(text, parts ? " " : "", int.MaxValue);
            }
        }
    }
}
