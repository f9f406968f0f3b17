using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static Crawl4.Quality.ReadingBack.PageTree;

namespace Crawl4.Quality.ReadingBack;

/// <summary>Parses our Markdown with a CommonMark parser and compares what it holds with the page's own tree.</summary>
internal static class ReadBackQuality
{
    private static readonly MarkdownPipeline Gfm = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build();

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        yield return Compare(data, "headings", HeadingsOf, (page, _) => HeadingsOf(page));
        yield return Compare(data, "list items", ItemsOf, (page, _) => ItemsOf(page));
        yield return Compare(data, "links", LinksOf, LinksOf);
        yield return Compare(data, "code blocks, byte for byte", CodeOf, (page, _) => CodeOf(page));
        yield return Compare(data, "table cells", CellsOf, (page, _) => CellsOf(page));
    }

    private static IEnumerable<string> HeadingsOf(MarkdownDocument markdown) =>
        markdown.Descendants<HeadingBlock>().Select(block => block.Level + PlainText.Words(block));

    private static IEnumerable<string> HeadingsOf(IDocument page) => Elements(page, "h1", "h2", "h3", "h4", "h5", "h6")
        .Where(heading => !Within(heading, "h1", "h2", "h3", "h4", "h5", "h6", "pre"))
        .Select(heading => heading.LocalName[1..] + PlainText.Words(heading)).Where(text => text.Length > 1);

    private static IEnumerable<string> ItemsOf(MarkdownDocument markdown) =>
        markdown.Descendants<ListItemBlock>().Select(item => FirstWord(PlainText.Words(item)));

    private static IEnumerable<string> ItemsOf(IDocument page) => Elements(page, "li")
        .Where(item => !Within(item, "pre", "h1", "h2", "h3", "h4"))
        .Select(item => FirstWord(PlainText.Words(item))).Where(word => word.Length > 0);

    private static IEnumerable<string> CodeOf(MarkdownDocument markdown) =>
        markdown.Descendants<FencedCodeBlock>().Select(block => block.Lines.ToString());

    private static IEnumerable<string> CodeOf(IDocument page) => Elements(page, "pre")
        .Where(pre => !Within(pre, "pre", "h1", "h2", "h3"))
        .Select(pre => PlainText.TextOf(pre, breaks: "\n"))
        .Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text.EndsWith('\n') ? text[..^1] : text);

    private static IEnumerable<string> CellsOf(MarkdownDocument markdown) =>
        markdown.Descendants<TableCell>().Select(PlainText.Words);

    private static IEnumerable<string> CellsOf(IDocument page) => Elements(page, "td", "th")
        .Where(cell => IsPlainTable(Ancestor(cell, "table")) && !Within(cell, "h1", "h2", "h3", "pre")
            && cell.GetAttribute("colspan") is null && cell.GetAttribute("rowspan") is null)
        .Select(PlainText.Words).Where(text => text.Length > 0);

    private static IEnumerable<string> LinksOf(MarkdownDocument markdown) => markdown.Descendants<LinkInline>()
        .Where(link => !link.IsImage).Select(link => link.Url!)
        .Concat(markdown.Descendants<AutolinkInline>().Select(link => link.Url)).Select(Uri.UnescapeDataString);

    private static IEnumerable<string> LinksOf(IDocument page, string url) => Elements(page, "a")
        .Where(link => link.HasAttribute("href") && !Within(link, "a", "pre"))
        .Select(link => UrlReference.Resolve(BaseUrl.Of(page, url), link.GetAttribute("href")!))
        .Where(target => UrlReference.SchemeOf(target) is not ("javascript" or "data" or "vbscript" or ""))
        .Select(target => Uri.UnescapeDataString(target.Replace("\\", "%5C", StringComparison.Ordinal)));

    private static string FirstWord(string words) => words.Split(' ')[0];

    /// <summary>Whether every text of the page's tree is in the Markdown as often.</summary>
    private static Measure Compare(
        QualityData data, string what, Func<MarkdownDocument, IEnumerable<string>> read,
        Func<IDocument, string, IEnumerable<string>> expect)
    {
        var tally = new Tally();
        foreach (var page in data.Pages)
        {
            var left = read(Markdown.Parse(data.Read(page).Markdown.RawMarkdown, Gfm)).CountBy(text => text).ToDictionary();
            foreach (var text in expect(PageParser.Parse(page.Html), page.Url))
            {
                var count = left.GetValueOrDefault(text);
                left[text] = count - 1;
                tally.Add(count > 0, () => $"{page.Path}: '{text[..Math.Min(text.Length, 120)]}'");
            }
        }

        return tally.ToMeasure($"read back by a CommonMark parser: {what}", "in all pages");
    }
}
