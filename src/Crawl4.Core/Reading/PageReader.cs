using AngleSharp.Dom;
using Crawl4.Core.Reading.Cleaning;
using Crawl4.Core.Reading.Filtering;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Metadata;
using Crawl4.Core.Reading.Parsing;
using Crawl4.Core.Reading.Tables;
using Crawl4.Core.Reading.Texts;

namespace Crawl4.Core.Reading;

/// <summary>Reads pages with AngleSharp: one parse, then one walk over the tree for each thing that is made
/// of it. Time and memory grow with the page's length alone. No content makes it throw.</summary>
public sealed class PageReader : IPageReader
{
    /// <inheritdoc/>
    public ReadPage ReadHtml(
        string html, string baseUrl, ReadingOptions options, CancellationToken cancellationToken)
    {
        ContentSelection.Validate(options);
        cancellationToken.ThrowIfCancellationRequested();
        var document = PageParser.Parse(html, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var page = ContentSelection.Select(document, baseUrl, options, html.Length);
        var (links, media) = new LinkAndMediaWalk(page, options).Collect();
        cancellationToken.ThrowIfCancellationRequested();
        var content = ContentSelection.Narrow(page, options);
        var tree = options.ContentFilter is PruningContentFilter ? new CleanedTree() : null;
        var cleaned = CleanedHtmlWriter.Write(content, options, html.Length, tree);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.MarkdownSource == MarkdownSource.RawHtml)
        {
            content = page with { Roots = [document], Excluded = new HashSet<INode>() };
            tree = null;
        }

        var markdown = MarkdownWriter.Write(content, options, html.Length);
        if (options.ContentFilter is PruningContentFilter or Bm25ContentFilter)
        {
            cancellationToken.ThrowIfCancellationRequested();
            markdown = FitContent.Add(markdown, content, tree, options, html.Length);
        }

        return new ReadPage
        {
            CleanedHtml = cleaned,
            Markdown = markdown,
            Links = links,
            Media = media,
            Tables = new TableReader(page, options).Read(),
            Metadata = MetadataReader.Read(page),
            HeadFingerprint = Reading.HeadFingerprint.Compute(html),
        };
    }

    /// <inheritdoc/>
    public ReadPage Read(
        string content,
        ContentKind kind,
        string baseUrl,
        ReadingOptions options,
        CancellationToken cancellationToken)
    {
        ContentSelection.Validate(options);
        cancellationToken.ThrowIfCancellationRequested();
        return kind switch
        {
            ContentKind.Html => ReadHtml(content, baseUrl, options, cancellationToken),
            ContentKind.Feed => new FeedReader(this, options, baseUrl, cancellationToken).Read(content)
                ?? TextPage.Fenced(content, "xml"),
            ContentKind.Xml => TextPage.Fenced(content, "xml"),
            ContentKind.Json => TextPage.Fenced(content, "json"),
            ContentKind.Csv => CsvTable.Read(content) is { } table
                ? TextPage.Of(content, table.ToMarkdown()) with { Tables = [table] }
                : TextPage.Fenced(content, "csv"),
            _ => TextPage.Of(content, content),
        };
    }
}
