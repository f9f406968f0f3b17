using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

/// <summary>Entries of random content, the awkward kinds more often than the plain.</summary>
internal static class RandomEntries
{
    private static readonly string[] Pieces =
    [
        "", "<p>", "\r\n", "\n", "\r", "\0", "😀", "é", "\uFFFF", "{}", "[1]", "123", "null", "\"", "\\",
        "0123456789abcdef",
        "{\"raw_markdown\": \"a\"}", "plain words ", "\uFEFF", "\t", "'", "%", "\u2028",
    ];

    public static CacheEntry Next(Random random, string url) => new()
    {
        Url = url,
        Html = Text(random),
        CleanedHtml = Text(random),
        Markdown = Text(random),
        MarkdownWithCitations = Text(random),
        ReferencesMarkdown = Text(random),
        FitMarkdown = Text(random),
        FitHtml = Text(random),
        ExtractedContent = Text(random),
        Success = random.Next(4) > 0,
        Media = Json(random),
        Links = Json(random),
        Metadata = Json(random),
        Tables = random.Next(2) == 0 ? "[]" : "[{\"rows\": [[\"é\"]]}]",
        Screenshot = Text(random),
        ResponseHeaders = Json(random),
        DownloadedFiles = random.Next(2) == 0 ? "[]" : "[\"a\"]",
        ETag = Text(random),
        LastModified = Text(random),
        HeadFingerprint = Text(random),
        CachedAt = random.Next(5) == 0 ? null
            : DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1, 40_000_000_000_000_000)),
        StatusCode = random.Next(3) == 0 ? null : random.Next(100, 600),
        RedirectedUrl = Text(random),
        ErrorMessage = Text(random),
        ReadingFingerprint = Text(random),
    };

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(6); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return random.Next(10) == 0 ? string.Concat(Enumerable.Repeat(text.ToString(), 2000))
            : text.ToString();
    }

    private static string Json(Random random) => random.Next(3) switch
    {
        0 => "{}",
        1 => "{\"a\": \"\\u00e9 é\", \"b\": NaN}",
        _ => "{\"x\": [" + string.Join(", ", Enumerable.Range(0, random.Next(50))) + "]}",
    };
}
