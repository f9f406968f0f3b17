using System.Net;
using System.Text;
using Crawl4.Core.Reading.Markdown;

namespace Crawl4.Core.Reading.Texts;

/// <summary>Makes pages of content that is not HTML.</summary>
internal static class TextPage
{
    /// <summary>Text with Markdown that stands for it.</summary>
    public static ReadPage Of(string content, string markdown) => new()
    {
        CleanedHtml = "<pre>" + WebUtility.HtmlEncode(content) + "</pre>",
        Markdown = Markdown(markdown),
        Metadata = NoMetadata(),
    };

    /// <summary>Text as a code block.</summary>
    public static ReadPage Fenced(string content, string language)
    {
        var fence = Math.Max(3, CodeSpan.LongestRun(content, '`') + 1);
        var markdown = new StringBuilder(content.Length + 32)
            .Append('`', fence).Append(language).Append('\n').Append(content);
        if (!content.EndsWith('\n'))
        {
            markdown.Append('\n');
        }

        return Of(content, markdown.Append('`', fence).Append('\n').ToString());
    }

    public static MarkdownResult Markdown(string markdown) => MarkedMarkdown.Render(
        markdown.Replace('\0', '\uFFFD'), [], MarkdownOptions.Default);

    /// <summary>The keys that are always there, without values.</summary>
    public static Dictionary<string, object?> NoMetadata() => new(StringComparer.Ordinal)
    {
        ["title"] = null, ["description"] = null, ["keywords"] = null, ["author"] = null,
    };
}
