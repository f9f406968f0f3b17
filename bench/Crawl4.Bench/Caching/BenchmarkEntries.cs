using System.Globalization;
using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Bench.Caching;

/// <summary>Entries of the size that Crawl4AI's own figures were measured with: 52 KB HTML, 40 KB cleaned, 27
/// KB Markdown, every one different.</summary>
internal static class BenchmarkEntries
{
    private const int HtmlBytes = 52_000;
    private const int CleanedBytes = 40_000;
    private const int MarkdownBytes = 27_000;
    private const string Words =
        "<p>The quick brown fox jumps over the lazy dog near the riverbank while <a href=\"/x\">seven</a> "
        + "wizards. ";

    public static CacheEntry[] Make(int count, int round) =>
        [.. Enumerable.Range(0, count).Select(i => One(i, round))];

    private static CacheEntry One(int number, int round) => new()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"https://bench.example/{round}/{number}"),
        Html = Text(HtmlBytes, "html", number, round),
        CleanedHtml = Text(CleanedBytes, "cleaned", number, round),
        Markdown = Text(MarkdownBytes, "# markdown", number, round),
        Media = "{\"images\": [], \"videos\": [], \"audios\": []}",
        Links = "{\"internal\": [], \"external\": []}",
        Metadata = "{\"title\": \"A page\"}",
        ResponseHeaders = "{\"content-type\": \"text/html\"}",
        ETag = "\"e\"",
        StatusCode = 200,
        CachedAt = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(number),
    };

    private static string Text(int bytes, string kind, int number, int round)
    {
        var text = new StringBuilder(bytes + Words.Length);
        text.Append(CultureInfo.InvariantCulture, $"{kind} {number} {round} ");
        while (text.Length < bytes)
        {
            text.Append(Words);
        }

        return text.ToString(0, bytes);
    }
}
