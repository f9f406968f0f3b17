namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The five kinds of content that Crawl4AI keeps in files.</summary>
internal enum ContentKind
{
    Html,
    CleanedHtml,
    Markdown,
    ExtractedContent,
    Screenshot,
}

/// <summary>Where each kind stands in the table and on disk, by Crawl4AI's names.</summary>
internal static class ContentKinds
{
    public const int Count = 5;

    public static readonly ContentKind[] All = Enum.GetValues<ContentKind>();

    private static readonly string[] Columns =
        ["html", "cleaned_html", "markdown", "extracted_content", "screenshot"];

    private static readonly string[] Folders =
        ["html_content", "cleaned_html", "markdown_content", "extracted_content", "screenshots"];

    public static string Column(ContentKind kind) => Columns[(int)kind];

    public static string Folder(ContentKind kind) => Folders[(int)kind];
}
