using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Markdown;

/// <summary>Parses our Markdown with a CommonMark parser and compares what it holds with the page's own tree.
/// </summary>
public class ReadBackTests(ITestOutputHelper output)
{
    private static readonly MarkdownPipeline Gfm =
        new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build();

    private string _url = "";

    private static readonly HashSet<string> Hidden = new(
        ["script", "style", "noscript", "template", "iframe", "object", "head"], StringComparer.Ordinal);

    [RequiresFact(Requirement.SharedData)]
    public void Headings_EveryPage_ReadBackAsTheDom() => Compare(
        (markdown, _) => markdown.Descendants<HeadingBlock>().Select(block => block.Level + Words(block)),
        page => Elements(page, "h1", "h2", "h3", "h4", "h5", "h6")
            .Where(heading => !Within(heading, "h1", "h2", "h3", "h4", "h5", "h6", "pre"))
            .Select(heading => heading.LocalName[1..] + Words(heading)).Where(text => text.Length > 1));

    [RequiresFact(Requirement.SharedData)]
    public void Code_EveryPage_ReadsBackCharacterForCharacter() => Compare(
        (markdown, _) => markdown.Descendants<FencedCodeBlock>().Select(block => block.Lines.ToString()),
        page => Elements(page, "pre").Where(pre => !Within(pre, "pre", "h1", "h2", "h3"))
            .Select(pre => TextOf(pre, breaks: "\n"))
            .Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text.EndsWith('\n') ? text[..^1]
            : text));

    [RequiresFact(Requirement.SharedData)]
    public void ListItems_EveryPage_ReadBackAsTheDom() => Compare(
        (markdown, _) => markdown.Descendants<ListItemBlock>().Select(item => FirstWord(Words(item))),
        page => Elements(page, "li").Where(item => !Within(item, "pre", "h1", "h2", "h3", "h4"))
            .Select(item => FirstWord(Words(item))),
        word => word.Length > 0);

    [RequiresFact(Requirement.SharedData)]
    public void TableCells_EveryPage_ReadBackAsTheDom() => Compare(
        (markdown, _) => markdown.Descendants<TableCell>().Select(Words),
        page => Elements(page, "td", "th")
            .Where(cell => IsPlainTable(Ancestor(cell, "table"))
                && !Within(cell, "h1", "h2", "h3", "pre")
                && cell.GetAttribute("colspan") is null && cell.GetAttribute("rowspan") is null)
            .Select(Words),
        text => text.Length > 0);

    [RequiresFact(Requirement.SharedData)]
    public void Links_EveryPage_ReadBackAsTheDom() => Compare(
        (markdown, _) => markdown.Descendants<LinkInline>().Where(link => !link.IsImage).Select(
            link => link.Url!)
            .Concat(markdown.Descendants<AutolinkInline>().Select(link => link.Url))
            .Select(Uri.UnescapeDataString),
        page => Elements(page, "a")
            .Where(link => link.HasAttribute("href") && !Within(link, "a", "pre"))
            .Select(link => UrlReference.Resolve(BaseOf(page), link.GetAttribute("href")!))
            .Where(url => UrlReference.SchemeOf(url) is not ("javascript" or "data" or "vbscript" or ""))
            .Select(url => Uri.UnescapeDataString(url.Replace("\\", "%5C", StringComparison.Ordinal))));

    private string BaseOf(IDocument page) => BaseUrl.Of(page, _url);

    /// <summary>Whether every text of the page's tree is in the Markdown as often, and in its
    /// order.</summary>
    private void Compare(
        Func<MarkdownDocument, string, IEnumerable<string>> read,
        Func<IDocument, IEnumerable<string>> expect,
        Func<string, bool>? counts = null)
    {
        var differences = new List<string>();
        var compared = 0;
        foreach (var page in SharedPages.All)
        {
            _url = page.Url;
            var raw = SharedPages.Read(page).Markdown.RawMarkdown;
            var found = read(Markdig.Markdown.Parse(raw, Gfm), raw).Where(counts ?? (_ => true)).ToList();
            var expected = expect(PageParser.Parse(page.Html)).Where(counts ?? (_ => true)).ToList();
            compared += expected.Count;
            var left = found.GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
            foreach (var text in expected)
            {
                if (left.TryGetValue(text, out var count) && count > 0)
                {
                    left[text] = count - 1;
                }
                else
                {
                    differences.Add($"{page.Path}: '{text[..Math.Min(text.Length, 120)]}'");
                }
            }
        }

        output.WriteLine($"{compared} compared, {differences.Count} differ");
        differences.Take(40).ToList().ForEach(output.WriteLine);
        Assert.True(compared > 0);
        Assert.Empty(differences);
    }

    private static IEnumerable<IElement> Elements(IDocument page, params string[] names) =>
        page.All.Where(element => names.Contains(element.LocalName) && !Within(element, [.. Hidden]));

    private static bool Within(IElement element, params string[] names) =>
        Ancestor(element, names) is not null;

    private static IElement? Ancestor(IElement element, params string[] names)
    {
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            if (names.Contains(parent.LocalName))
            {
                return parent;
            }
        }

        return null;
    }

    private static bool IsPlainTable(IElement? table) => table is not null
        && table.GetAttribute("role") is not ("presentation" or "none")
        && table.QuerySelectorAll("td, th").Length > 1
        && table.QuerySelector("table,h1,h2,h3,h4,h5,h6,ul,ol,pre,blockquote,hr,dt,dd,li,menu,dir") is null;

    private static string FirstWord(string words) => words.Split(' ')[0];

    /// <summary>Letters and digits alone: marks and white space are told apart elsewhere.</summary>
    private static string Words(IElement element) => Words(TextOf(element, " "));

    private static string Words(MarkdownObject block)
    {
        var text = new StringBuilder();
        foreach (var part in block is LeafBlock { Inline: { } line } ? line.Descendants()
            : block.Descendants())
        {
            _ = part switch
            {
                LiteralInline literal => text.Append(literal.Content.AsSpan()),
                CodeInline code => text.Append(code.Content),
                AutolinkInline link => text.Append(link.Url),
                HtmlEntityInline entity => text.Append(entity.Transcoded.AsSpan()),
                CodeBlock code => text.Append(' ').Append(code.Lines.ToString()),
                LeafBlock or LineBreakInline => text.Append(' '),
                _ => text,
            };
        }

        return Words(text.ToString());
    }

    private static string Words(string text) => string.Join(' ', new string([.. text.Select(
        c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string TextOf(INode node, string breaks)
    {
        var text = new StringBuilder();
        Append(text, node, breaks);
        return text.ToString();
    }

    private static void Append(StringBuilder text, INode node, string breaks)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText data)
            {
                text.Append(data.Data);
            }
            else if (child is IElement { LocalName: "br" })
            {
                text.Append(breaks);
            }
            else if (child is IElement { LocalName: "img" } image && breaks == " ")
            {
                text.Append(image.GetAttribute("alt"));
            }
            else if (child is IElement element && !Hidden.Contains(element.LocalName))
            {
                var isBlock = breaks == " " && element.LocalName is "div" or "p" or "ul" or "li" or "td"
                    or "option"
                    or "button" or "h1" or "h2" or "h3" or "h4" or "figure" or "section" or "dl" or "dt"
                    or "dd"
                    or "textarea" or "select" or "blockquote" or "pre" or "table" or "header" or "article";
                text.Append(isBlock ? " " : "");
                Append(text, element, breaks);
                text.Append(isBlock ? " " : "");
            }
        }
    }
}
