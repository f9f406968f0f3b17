namespace Crawl4.Core.Reading.Markdown;

/// <summary>How far the cells of a table are filled up, so that its columns stand below each other.</summary>
internal sealed class CellPadding
{
    /// <summary>Hyphens below a column's name, at least.</summary>
    public const int Rule = 3;

    private readonly int[][] _lengths;

    private CellPadding(int[] widths, int[][] lengths)
    {
        Widths = widths;
        _lengths = lengths;
    }

    /// <summary>The width of each column.</summary>
    public int[] Widths { get; }

    /// <summary>The padding of a table, or null where it would take more blanks than a page may still repeat: one long
    /// cell makes all those above and below it long.</summary>
    public static CellPadding? Of(TableGrid grid, MarkdownWriter writer)
    {
        var widths = new int[grid.Columns];
        Array.Fill(widths, Rule);
        var lengths = new int[grid.Rows.Count][];
        for (var row = 0; row < lengths.Length; row++)
        {
            var cells = grid.Rows[row];
            lengths[row] = new int[cells.Count];
            for (var column = 0; column < cells.Count; column++)
            {
                lengths[row][column] = writer.WidthOf(cells[column]);
                widths[column] = Math.Max(widths[column], lengths[row][column]);
            }
        }

        var blanks = 0L;
        foreach (var row in lengths)
        {
            for (var column = 0; column < row.Length; column++)
            {
                blanks += widths[column] - row[column];
            }
        }

        if (blanks > writer.Repeatable)
        {
            return null;
        }

        writer.Repeatable -= (int)blanks;
        return new CellPadding(widths, lengths);
    }

    /// <summary>Blanks behind a cell.</summary>
    public int After(int row, int column) =>
        Widths[column] - (column < _lengths[row].Length ? _lengths[row][column] : 0);
}
