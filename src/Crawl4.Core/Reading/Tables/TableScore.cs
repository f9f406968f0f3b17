using AngleSharp.Dom;
using Crawl4.Core.Reading.Markdown;

namespace Crawl4.Core.Reading.Tables;

/// <summary>How likely a table holds data rather than laying a page out: Crawl4AI's points, with column
/// counts taken after spans are expanded.</summary>
internal static class TableScore
{
    public static double Of(IElement table, TableMeasures measures, TableGrid grid)
    {
        var score = 0.0;
        score += measures.HasHead ? 2 : 0;
        score += measures.HasBody ? 1 : 0;
        score += measures.HasHeaderCells ? 2 : 0;
        score += measures.HasHeaderCellsInFirstRow || (measures.HasHeaderCells && measures.HasHead) ? 1 : 0;
        score -= measures.HasNestedTable ? 3 : 0;
        score -= table.GetAttribute("role") is "presentation" or "none" ? 3 : 0;
        score += Variance(grid) < 1 ? 2 : 0;
        score += table.Children.Any(child => child.LocalName == "caption") ? 2 : 0;
        score += table.HasAttribute("summary") ? 1 : 0;
        var textPerElement = measures.TextLength / (double)Math.Max(1, measures.Elements);
        score += textPerElement > 20 ? 3 : textPerElement > 10 ? 2 : 0;
        score += 0.5 * table.Attributes.Count(attribute =>
            attribute.Name.StartsWith("data-", StringComparison.Ordinal));
        score += grid.Rows.Count >= 2 && grid.Columns >= 2 ? 2 : 0;
        return score;
    }

    private static double Variance(TableGrid grid)
    {
        var mean = grid.Rows.Average(row => (double)row.Count);
        return grid.Rows.Average(row => (row.Count - mean) * (row.Count - mean));
    }
}
