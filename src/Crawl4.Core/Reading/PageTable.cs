using Crawl4.Core.Reading.Tables;

namespace Crawl4.Core.Reading;

/// <summary>A data table of a page. The names and shapes are Crawl4AI's; cells that span rows or columns are
/// repeated in each of them, and cells that head a row are the row's first cells.</summary>
public sealed record PageTable
{
    /// <summary>The columns' names. Several header rows are one, their texts joined by a space. Empty where
    /// the table names none.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The rows, each as wide as the widest.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];

    /// <summary>The caption. Empty where there is none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The summary attribute. Empty where there is none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>row_count, column_count, has_headers, has_caption and has_summary; id and class where the
    /// table has them.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();

    /// <summary>The table as comma-separated values (RFC 4180), the headers first where there are
    /// any.</summary>
    public string ToCsv() => TableFormats.Csv(this);

    /// <summary>The table as GFM. Without headers the header row is empty: GFM has no table without
    /// one.</summary>
    public string ToMarkdown() => TableFormats.Markdown(Headers, Rows);
}
