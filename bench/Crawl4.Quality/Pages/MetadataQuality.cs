using System.Text.Json;
using Crawl4.Core.Reading;

namespace Crawl4.Quality.Pages;

/// <summary>The metadata of each page beside Crawl4AI's, and the fingerprint of its head.</summary>
internal static class MetadataQuality
{
    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var fingerprints = new Tally();
        foreach (var page in data.Pages)
        {
            var theirs = page.Golden.GetProperty("head_fingerprint").GetString() ?? "";
            fingerprints.Add(theirs == HeadFingerprint.Compute(page.Html), () => page.Path);
        }

        yield return fingerprints.ToMeasure("fingerprints of heads", "pages");
        yield return Values(data);
    }

    private static Measure Values(QualityData data)
    {
        var corrections = Corrections();
        var tally = new Tally();
        foreach (var page in data.ReadByCrawl4Ai)
        {
            var ours = data.Read(page).Metadata;
            foreach (var theirs in page.Golden.GetProperty("metadata").EnumerateObject())
            {
                var name = page.Path + " " + theirs.Name;
                var expected = theirs.Value.ValueKind == JsonValueKind.Null ? null : theirs.Value.ToString();
                ours.TryGetValue(theirs.Name, out var value);
                tally.Add(
                    Fold(expected) == Fold(value as string) || corrections.Explains(name),
                    () => $"{name}: '{expected}' against '{value}'");
            }
        }

        return tally.ToMeasure("metadata: Crawl4AI's values", "values", corrections.Rows);
    }

    private static CorrectionList<string> Corrections() => new(
        ("metadata: og:title twitter:title", "two keys in one attribute are two", name => name
            == "/r/004-metadata-space-separated-properties/ og:title twitter:title"),
        ("metadata: og:description x:description twitter:description", "two keys in one attribute are two", name => name
            == "/r/004-metadata-space-separated-properties/ og:description x:description twitter:description"),
        ("metadata: description of /r/mozilla-2/", "an empty description is none", name => name
            == "/r/mozilla-2/ description"),
        ("metadata: description of /r/youth/ and /s/meta.html", "the name is written with a capital", name => name
            is "/r/youth/ description" or "/s/meta.html description"),
        ("metadata: title of /r/article-author-tag/", "the title element is empty; Crawl4AI takes one out of the body",
            name => name == "/r/article-author-tag/ title"));

    private static string? Fold(string? text) => text is null ? null
        : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
