using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Markdown as it stands in its content file: the raw text, or a JSON object of all its forms.
/// Crawl4AI wrote the object from 0.4.24 to 0.4.3 and reads both ever since; but it takes raw text that
/// happens to be JSON for that object, and cannot read empty text back. Such Markdown is written as the
/// object.</summary>
internal static class MarkdownColumn
{
    /// <summary>True where Crawl4AI could not read the bare text back.</summary>
    public static bool NeedsObject(string markdown) => markdown.Length == 0 || PythonJson.Accepts(markdown);

    /// <summary>Raw Markdown in the form that Crawl4AI reads back: bare where it can be.</summary>
    public static string AsCrawl4AiReads(string url, string markdown)
    {
        var entry = new CacheEntry { Url = url };
        var isObject = !string.Equals(MarkdownObject.Apply(entry, markdown).Markdown, markdown, StringComparison.Ordinal);
        return isObject || !NeedsObject(markdown)
            ? markdown
            : Encoding.UTF8.GetString(MarkdownObject.Write(entry with { Markdown = markdown }).Span);
    }
}
