using System.Text;
using AngleSharp.Dom;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crawl4.Quality.ReadingBack;

/// <summary>The text of a page and of parsed Markdown, made alike.</summary>
internal static class PlainText
{
    private static readonly HashSet<string> Blocks = new(
        [
            "div", "p", "ul", "li", "td", "option", "button", "h1", "h2", "h3", "h4", "figure", "section", "dl", "dt", "dd",
            "textarea", "select", "blockquote", "pre", "table", "header", "article",
        ],
        StringComparer.Ordinal);

    /// <summary>Letters and digits alone: marks and white space are told apart elsewhere.</summary>
    public static string Words(IElement element) => Words(TextOf(element, " "));

    public static string Words(MarkdownObject block)
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

    public static string TextOf(INode node, string breaks)
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
            else if (child is IElement element && !PageTree.Hidden.Contains(element.LocalName))
            {
                var isBlock = breaks == " " && Blocks.Contains(element.LocalName);
                text.Append(isBlock ? " " : "");
                Append(text, element, breaks);
                text.Append(isBlock ? " " : "");
            }
        }
    }
}
