using System.Text;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Tables;

/// <summary>Writes tables as text.</summary>
internal static class TableFormats
{
    public static string Csv(PageTable table)
    {
        var csv = new StringBuilder();
        if (table.Headers.Count > 0)
        {
            CsvRow(csv, table.Headers);
        }

        foreach (var row in table.Rows)
        {
            CsvRow(csv, row);
        }

        return csv.ToString();
    }

    public static string Markdown(
        IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var columns = Math.Max(headers.Count, rows.Count == 0 ? 0 : rows.Max(row => row.Count));
        if (columns == 0)
        {
            return "";
        }

        var table = new StringBuilder();
        MarkdownRow(table, headers, columns);
        table.Append('|').Insert(table.Length, " --- |", columns).Append('\n');
        foreach (var row in rows)
        {
            MarkdownRow(table, row, columns);
        }

        return table.ToString();
    }

    private static void CsvRow(StringBuilder csv, IReadOnlyList<string> cells)
    {
        for (var column = 0; column < cells.Count; column++)
        {
            var cell = cells[column];
            _ = column > 0 ? csv.Append(',') : csv;
            _ = cell.AsSpan().ContainsAny("\",\r\n")
                ? csv.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
                : csv.Append(cell);
        }

        csv.Append("\r\n");
    }

    private static void MarkdownRow(StringBuilder table, IReadOnlyList<string> cells, int columns)
    {
        table.Append('|');
        for (var column = 0; column < columns; column++)
        {
            table.Append(' ');
            var cell = column < cells.Count ? HtmlSpace.Fold(cells[column]) : "";
            MarkdownText.Append(table, cell, ' ', ' ', inLink: false, InlinePlace.Cell);
            table.Append(" |");
        }

        table.Append('\n');
    }
}
