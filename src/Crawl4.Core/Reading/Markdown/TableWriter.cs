using AngleSharp.Dom;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes a data table as GFM. The first row is the header: GFM has no table without one. A cell
/// that spans rows or columns is repeated in each, unless it spans the whole row.</summary>
internal static class TableWriter
{
    private const string Rule = "---";

    public static void Write(IElement table, MarkdownBlocks blocks, MarkdownWriter writer)
    {
        foreach (var caption in table.Children.Where(child => child.LocalName == "caption"))
        {
            writer.Apart(caption);
        }

        var grid = TableGrid.Of(table, writer.IsExcluded, writer.Cell, ref writer.Repeatable);
        if (grid.Rows.Count == 0)
        {
            return;
        }

        blocks.Begin(BlockKind.Table);
        var widths = Enumerable.Range(0, grid.Columns).Select(column => Math.Max(
            Rule.Length, grid.Rows.Max(row => column < row.Count ? writer.WidthOf(row[column]) ?? 0 : 0))).ToArray();
        Row(blocks, grid.Rows[0], grid.Columns, widths, writer);
        blocks.NewLine();
        blocks.Text.Append('|');
        foreach (var width in widths)
        {
            blocks.Text.Append(' ').Append('-', width).Append(" |");
        }

        foreach (var row in grid.Rows.Skip(1))
        {
            blocks.NewLine();
            Row(blocks, row, row.Count, widths, writer);
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
        MarkdownBlocks blocks, IReadOnlyList<string> cells, int columns, int[] widths, MarkdownWriter writer)
    {
        blocks.Text.Append('|');
        for (var column = 0; column < columns; column++)
        {
            var cell = column < cells.Count ? cells[column] : "";
            blocks.Text.Append(' ').Append(cell).Append(' ', widths[column] - (writer.WidthOf(cell) ?? widths[column]))
                .Append(" |");
        }
    }
}
