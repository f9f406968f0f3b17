using System.Globalization;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>A table's cells row by row, spans expanded as HTML's table model has them.</summary>
/// <param name="Rows">The rows. Rows may be shorter than the widest.</param>
/// <param name="Columns">How wide the widest row is.</param>
/// <param name="HeaderRows">How many rows at the top name the columns.</param>
internal sealed record TableGrid(
    IReadOnlyList<IReadOnlyList<string>> Rows, int Columns, int HeaderRows)
{
    /// <summary>Characters that spans may repeat in one table. A cell of a few words may say that it spans a
    /// thousand columns and sixty thousand rows.</summary>
    private const int MaxRepeated = 100_000;

    /// <summary>Characters that spans may repeat in all tables of the largest page.</summary>
    public const int MaxRepeatedOfPage = 2_000_000;

    private const int MaxColumnSpan = 1_000;

    /// <summary>The cells of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isExcluded">True for what is left out.</param>
    /// <param name="read">Reads a cell.</param>
    /// <param name="width">How many characters a cell becomes: its marks may stand for more.</param>
    /// <param name="repeatable">Characters that spans may still repeat in the page; less those that they do.</param>
    public static TableGrid Of(
        IElement table, Func<INode, bool> isExcluded, Func<IElement, string> read, Func<string, int> width, ref int repeatable)
    {
        var grid = new GridBuilder(read, width, Math.Min(MaxRepeated, repeatable));
        foreach (var row in RowsOf(table).Where(row => !isExcluded(row)))
        {
            grid.AddRow(row, row.Children.OfType<IElement>()
                .Where(cell => cell.LocalName is "td" or "th" && !isExcluded(cell)).ToList());
        }

        repeatable -= Math.Min(repeatable, grid.Repeated);
        return new TableGrid(grid.Rows, grid.Columns, grid.HeaderRows);
    }

    private sealed class GridBuilder(Func<IElement, string> read, Func<string, int> width, int maxRepeated)
    {
        private readonly Dictionary<int, (string Text, int Rows)> _spans = [];

        public int Repeated { get; private set; }

        public List<IReadOnlyList<string>> Rows { get; } = [];

        public int Columns { get; private set; }

        public int HeaderRows { get; private set; }

        public void AddRow(IElement row, List<IElement> elements)
        {
            var cells = new List<string>(elements.Count);
            foreach (var cell in elements)
            {
                TakeSpans(cells);
                AddCell(cells, cell, isWholeRow: elements.Count == 1);
            }

            TakeSpans(cells);
            if (cells.Count > 0)
            {
                var isHeader = row.Parent is IElement { LocalName: "thead" }
                    || (elements.Count > 0 && elements.TrueForAll(cell => cell.LocalName == "th"));
                HeaderRows += isHeader && HeaderRows == Rows.Count ? 1 : 0;
                Rows.Add(cells);
                Columns = Math.Max(Columns, cells.Count);
            }
        }

        private void AddCell(List<string> cells, IElement cell, bool isWholeRow)
        {
            var text = read(cell);
            var wide = Span(cell, "colspan", MaxColumnSpan);
            var high = Span(cell, "rowspan", int.MaxValue);
            for (var column = 0; column < wide && (column == 0 || MayRepeat(text)); column++)
            {
                var shown = column > 0 && isWholeRow ? "" : text;
                if (high > 1)
                {
                    _spans[cells.Count] = (shown, high - 1);
                }

                cells.Add(shown);
            }
        }

        /// <summary>Fills in the cells that reach down from rows above.</summary>
        private void TakeSpans(List<string> cells)
        {
            while (_spans.Count > 0 && _spans.Remove(cells.Count, out var span))
            {
                if (span.Rows > 1 && MayRepeat(span.Text))
                {
                    _spans[cells.Count] = (span.Text, span.Rows - 1);
                }

                cells.Add(span.Text);
            }
        }

        private bool MayRepeat(string text)
        {
            Repeated += width(text) + 3;
            return Repeated <= maxRepeated;
        }
    }

    private static IEnumerable<IElement> RowsOf(IElement table)
    {
        var parts = table.Children.OfType<IElement>();
        foreach (var part in parts.OrderBy(part => part.LocalName == "tfoot" ? 1 : 0))
        {
            if (part.LocalName == "tr")
            {
                yield return part;
            }
            else if (part.LocalName is "thead" or "tbody" or "tfoot")
            {
                foreach (var row in part.Children.OfType<IElement>().Where(row => row.LocalName == "tr"))
                {
                    yield return row;
                }
            }
        }
    }

    private static int Span(IElement cell, string attribute, int limit) =>
        int.TryParse(cell.GetAttribute(attribute),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, limit) : 1;
}
