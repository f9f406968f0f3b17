using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Output;

/// <summary>What of a result a format prints.</summary>
internal static class ResultContent
{
    /// <summary>The text. Empty where the page has nothing of the kind.</summary>
    public static string Of(CrawlResult result, OutputFormat format) => format switch
    {
        OutputFormat.Json => CrawlJson.Result(result),
        OutputFormat.Html => result.Html,
        OutputFormat.Citations => result.Markdown.MarkdownWithCitations + result.Markdown.ReferencesMarkdown,
        OutputFormat.Fit => result.Markdown.FitMarkdown,
        OutputFormat.CleanedHtml => result.CleanedHtml,
        OutputFormat.FitHtml => result.Markdown.FitHtml,
        OutputFormat.Links => Lines(result.Links.Internal.Concat(result.Links.External).Select(link => link.Href)),
        OutputFormat.Media => Lines(
            result.Media.Images.Concat(result.Media.Videos).Concat(result.Media.Audios).Select(item => item.Src)),
        OutputFormat.Tables => Blocks(result.Tables.Select(
            table => table.Caption.Length > 0 ? $"{table.Caption}\n\n{table.ToMarkdown()}" : table.ToMarkdown())),
        OutputFormat.Csv => Blocks(result.Tables.Select(table => table.ToCsv())),
        OutputFormat.Metadata => CrawlJson.Metadata(result),
        OutputFormat.Extracted => result.ExtractedContent ?? "[]",
        _ => result.Markdown.RawMarkdown,
    };

    /// <summary>True where a line in between that names the page would not be taken for content.</summary>
    public static bool HasComments(OutputFormat format) => format is OutputFormat.Markdown or OutputFormat.Html
        or OutputFormat.Citations or OutputFormat.Fit or OutputFormat.CleanedHtml or OutputFormat.FitHtml
        or OutputFormat.Tables;

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Blocks(IEnumerable<string> blocks) =>
        string.Join("\n\n", blocks.Select(block => block.TrimEnd('\r', '\n')));
}
