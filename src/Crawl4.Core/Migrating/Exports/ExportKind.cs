namespace Crawl4.Core.Migrating.Exports;

/// <summary>What is in the files of one folder of an export. DynamoDB's import takes all files below a name for one
/// table, so each table has its own.</summary>
internal sealed record ExportKind(string Folder, string Extension)
{
    /// <summary>Entries as <see cref="EntryJson"/> writes them.</summary>
    public static readonly ExportKind Entries = new("entries", ".jsonl.gz");

    /// <summary>Items of the results table.</summary>
    public static readonly ExportKind Results = new("results", ".json.gz");

    /// <summary>Items of the content table, in the order of the heads that they belong to.</summary>
    public static readonly ExportKind Content = new("content", ".json.gz");

    public static IReadOnlyList<ExportKind> Of(ExportFormat format) =>
        format == ExportFormat.Jsonl ? [Entries] : [Results, Content];
}
