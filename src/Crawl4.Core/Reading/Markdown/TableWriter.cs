using AngleSharp.Dom;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes a data table as GFM. The first row is the header: GFM has no table without one. A cell
/// that spans rows or columns is repeated in each, unless it spans the whole row.</summary>
internal static class TableWriter
{
    public static void Write(IElement table, MarkdownBlocks blocks, MarkdownWriter writer)
    {
        foreach (var caption in table.Children.Where(child => child.LocalName == "caption"))
        {
            writer.Apart(caption);
        }

        var grid = TableGrid.Of(table, writer.IsExcluded, writer.Cell, writer.WidthOf, ref writer.Repeatable);
        if (grid.Rows.Count == 0)
        {
            return;
        }

        blocks.Begin(BlockKind.Table);
        var padding = writer.PadsTables ? CellPadding.Of(grid, writer) : null;
        Row(blocks, grid.Rows[0], grid.Columns, padding, 0);
        blocks.NewLine();
        blocks.Text.Append('|');
        for (var column = 0; column < grid.Columns; column++)
        {
            blocks.Text.Append(' ').Append('-', padding?.Widths[column] ?? CellPadding.Rule).Append(" |");
        }

        for (var row = 1; row < grid.Rows.Count; row++)
        {
            blocks.NewLine();
            Row(blocks, grid.Rows[row], grid.Rows[row].Count, padding, row);
        }
    }

    /// <summary>Writes a table as HTML. A blank line would end it.</summary>
    public static void WriteHtml(
        IElement table, MarkdownBlocks blocks, PageContent page, ReadingOptions options)
    {
        var html = CleanedHtmlWriter.Write(page with { Roots = [table] }, options, 0);
        var lines = html.Replace("\0", "\uFFFD", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
        {
            return;
        }

        blocks.Begin(BlockKind.Code);
        for (var index = 0; index < lines.Length; index++)
        {
            if (index > 0)
            {
                blocks.NewLine();
            }

            blocks.Text.Append(lines[index]);
        }
    }

    private static void Row(
        MarkdownBlocks blocks, IReadOnlyList<string> cells, int columns, CellPadding? padding, int row)
    {
        blocks.Text.Append('|');
        for (var column = 0; column < columns; column++)
        {
            var cell = column < cells.Count ? cells[column] : "";
            blocks.Text.Append(' ').Append(cell).Append(' ', padding?.After(row, column) ?? 0).Append(" |");
        }
    }
}
