using System.Text.Json;
using Crawl4.Core.Reading;

namespace Crawl4.Quality.Pages;

/// <summary>The links of each page beside Crawl4AI's.</summary>
internal static class PageLinksQuality
{
    /// <summary>Crawl4AI adds half points that depend on its way of cutting words; a quarter is rounding.</summary>
    private const double ScoreStep = 0.26;

    private const double ScoreGoal = 0.9;

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        yield return Links(data);
        yield return Scores(data);
    }

    private static Measure Links(QualityData data)
    {
        var corrections = Corrections();
        var tally = new Tally();
        foreach (var page in data.ReadByCrawl4Ai)
        {
            var links = data.Read(page).Links;
            foreach (var (kind, ours) in new[] { ("internal", links.Internal), ("external", links.External) })
            {
                var known = ours.Select(link => UrlForm.Same(link.Href)).ToHashSet(StringComparer.Ordinal);
                var theirs = Golden(page, kind).Select(link => link.GetProperty("href").GetString()!).ToList();
                foreach (var href in theirs)
                {
                    var link = new Found(page.Path, kind, Uri.UnescapeDataString(href), OnlyOurs: false);
                    tally.Add(known.Contains(UrlForm.Same(href)) || corrections.Explains(link), link.ToString);
                }

                var knownToThem = theirs.Select(UrlForm.Same).ToHashSet(StringComparer.Ordinal);
                foreach (var link in ours.Where(link => !knownToThem.Contains(UrlForm.Same(link.Href))))
                {
                    var found = new Found(page.Path, kind, link.Href, OnlyOurs: true);
                    tally.Add(corrections.Explains(found), found.ToString);
                }
            }
        }

        return tally.ToMeasure("links: Crawl4AI's and no others", "links", corrections.Rows);
    }

    private static CorrectionList<Found> Corrections() => new(
        ("links: javascript:", "no link to anywhere", link => link.Theirs("javascript:")),
        ("links: data:", "content, not a link", link => link.Theirs("data:")),
        ("links: ./ and ../ in a path", "dot segments are resolved", link =>
            link.Theirs("https://github.com/v8/v8.dev/tree/main/./") || link.Theirs("http://upper.example/A/../")
            || link.Ours("https://github.com/v8/v8.dev/tree/main/src/") || link.Ours("http://upper.example/B/")),
        ("links: line breaks in a URL", "they are left out, as browsers do", link =>
            link.Theirs("https://share.flipboard.com/") || link.Theirs("https://getpocket.com/")),
        ("links: blanks without width before a URL", "the path keeps its slashes", link =>
            link.Theirs("http://127.0.0.1:8077/r/gitlab-blog/\u200b\u200bhttps:/")
            || link.Ours("http://127.0.0.1:8077/r/gitlab-blog/%E2%80%8B%E2%80%8Bhttps://")),
        ("links: to the page itself", "an empty reference is one", link => link.OnlyOurs && link.IsOwn));

    private static Measure Scores(QualityData data)
    {
        var equal = 0;
        var compared = 0;
        foreach (var page in data.ReadByCrawl4Ai)
        {
            var links = QualityData.Read(page, new ReadingOptions { ScoreLinks = true }).Links;
            var scores = links.Internal.Concat(links.External).DistinctBy(link => UrlForm.Same(link.Href))
                .ToDictionary(link => UrlForm.Same(link.Href), link => link.IntrinsicScore!.Value);
            foreach (var link in Golden(page, "internal").Concat(Golden(page, "external")))
            {
                var theirs = link.GetProperty("intrinsic_score");
                if (theirs.ValueKind == JsonValueKind.Number
                    && scores.TryGetValue(UrlForm.Same(link.GetProperty("href").GetString()!), out var ours))
                {
                    compared++;
                    equal += Math.Abs(ours - theirs.GetDouble()) < ScoreStep ? 1 : 0;
                }
            }
        }

        return new Measure(
            "links: scores within a quarter of a point", equal / (double)Math.Max(1, compared), ScoreGoal, compared, "links");
    }

    private static List<JsonElement> Golden(QualityPage page, string kind) =>
        [.. page.Golden.GetProperty("links").GetProperty(kind).EnumerateArray()];

    private sealed record Found(string Page, string Kind, string Href, bool OnlyOurs)
    {
        public bool Theirs(string beginning) => !OnlyOurs && Href.StartsWith(beginning, StringComparison.Ordinal);

        public bool Ours(string beginning) => OnlyOurs && Href.StartsWith(beginning, StringComparison.Ordinal);

        public bool IsOwn => Href.EndsWith(Page, StringComparison.Ordinal);

        public override string ToString() => $"{(OnlyOurs ? "only ours" : "only theirs")}: {Page} {Kind} {Href}";
    }
}
