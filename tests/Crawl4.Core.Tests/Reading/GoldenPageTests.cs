using System.Text.Json;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Parsing;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading;

/// <summary>What Crawl4AI made of 162 pages, and where this does better, with the reason.</summary>
public class GoldenPageTests(ITestOutputHelper output)
{
    /// <summary>Slightly below what was measured (99.7 % and 99.9 %), to see a step back.</summary>
    private const double RecallFloor = 0.993;

    private const double PrecisionFloor = 0.996;

    private static readonly Dictionary<string, string> MetadataExceptions = new(StringComparer.Ordinal)
    {
        ["/r/004-metadata-space-separated-properties/ og:title twitter:title"] = "two keys in one attribute "
        + "are two",
        ["/r/004-metadata-space-separated-properties/ og:description x:description "
        + "twitter:description"] = "as above",
        ["/r/mozilla-2/ description"] = "an empty description is none",
        ["/r/youth/ description"] = "the name is written with a capital",
        ["/s/meta.html description"] = "the name is written with a capital",
        ["/r/article-author-tag/ title"] = "the title element is empty; Crawl4AI takes one out of the body",
    };

    /// <summary>Beginnings of links that only Crawl4AI has.</summary>
    private static readonly string[] OnlyTheirs =
    [
        "javascript:", // no link to anywhere
        "data:", // content, not a link
        "fb-messenger:", // the same with the query in another order
        "http://127.0.0.1:8077/r/gitlab-blog/\u200b\u200bhttps:/about.gitlab.com", // "//" became "/"
        "https://github.com/v8/v8.dev/tree/main/./", // dot segments
        "http://upper.example/A/../", // dot segments
        "https://share.flipboard.com/", "https://getpocket.com/", // line breaks in the URL
    ];

    [RequiresFact(Requirement.SharedData)]
    public void HeadFingerprint_EveryPage_EqualsCrawl4Ais()
    {
        Assert.NotEmpty(SharedPages.All);
        Assert.All(SharedPages.All, page => Assert.Equal(
            page.Golden.GetProperty("head_fingerprint").GetString()
                ?? "", HeadFingerprint.Compute(page.Html)));
    }

    [RequiresFact(Requirement.SharedData)]
    public void Metadata_EveryPage_HoldsWhatCrawl4AiFound()
    {
        var differences = new List<string>();
        foreach (var page in SharedPages.All.Where(page => page.WasRead))
        {
            var ours = SharedPages.Read(page).Metadata;
            foreach (var theirs in page.Golden.GetProperty("metadata").EnumerateObject())
            {
                var name = page.Path + " " + theirs.Name;
                var expected = theirs.Value.ValueKind == JsonValueKind.Null ? null : theirs.Value.ToString();
                ours.TryGetValue(theirs.Name, out var value);
                if (Fold(expected) != Fold(value as string) && !MetadataExceptions.ContainsKey(name))
                {
                    differences.Add($"{name}: '{expected}' against '{value}'");
                }
            }
        }

        Assert.Empty(differences);
    }

    [RequiresFact(Requirement.SharedData)]
    public void Links_EveryPage_HoldWhatCrawl4AiFound()
    {
        var missing = new List<string>();
        var count = 0;
        foreach (var page in SharedPages.All.Where(page => page.WasRead))
        {
            var links = SharedPages.Read(page).Links;
            foreach (var (kind, ours) in new[] { ("internal", links.Internal), ("external", links.External) })
            {
                var known = ours.Select(link => Same(link.Href)).ToHashSet(StringComparer.Ordinal);
                foreach (var link in page.Golden.GetProperty("links").GetProperty(kind).EnumerateArray())
                {
                    count++;
                    var href = link.GetProperty("href").GetString()!;
                    if (!known.Contains(Same(href))
                        && !OnlyTheirs.Any(Uri.UnescapeDataString(href).StartsWith))
                    {
                        missing.Add($"{page.Path} {kind} {href}");
                    }
                }
            }
        }

        output.WriteLine($"{count} links compared");
        Assert.True(count > 3_000);
        Assert.Empty(missing);
    }

    [RequiresFact(Requirement.SharedData)]
    public void LinkScores_EveryPage_AreMostlyCrawl4Ais()
    {
        var equal = 0;
        var compared = 0;
        foreach (var page in SharedPages.All.Where(page => page.WasRead))
        {
            var links = SharedPages.Read(page, new ReadingOptions { ScoreLinks = true }).Links;
            var scores = links.Internal.Concat(links.External)
                .DistinctBy(link => Same(link.Href))
                .ToDictionary(link => Same(link.Href), link => link.IntrinsicScore!.Value);
            foreach (var link in page.Golden.GetProperty("links").GetProperty("internal").EnumerateArray()
                .Concat(page.Golden.GetProperty("links").GetProperty("external").EnumerateArray()))
            {
                var theirs = link.GetProperty("intrinsic_score");
                var href = link.GetProperty("href").GetString()!;
                if (theirs.ValueKind == JsonValueKind.Number && scores.TryGetValue(Same(href), out var ours))
                {
                    compared++;
                    equal += Math.Abs(ours - theirs.GetDouble()) < 0.26 ? 1 : 0;
                    if (Math.Abs(ours - theirs.GetDouble()) >= 0.26 && compared % 40 == 0)
                    {
                        output.WriteLine($"{ours} {theirs.GetDouble()} {page.Path} {link}");
                    }
                }
            }
        }

        output.WriteLine($"{equal} of {compared} scores within a quarter of a point");
        Assert.True(equal > compared * 0.9);
    }

    [RequiresFact(Requirement.SharedData)]
    public void RawMarkdown_RealPages_SharesItsWordsWithCrawl4Ais()
    {
        double recall = 0;
        double precision = 0;
        var pages = SharedPages.All.Where(page => page.IsReal).ToList();
        foreach (var page in pages)
        {
            var theirs = Trigrams(
                page.Golden.GetProperty("pruning_default").GetProperty("raw_markdown").GetString()!);
            var ours = Trigrams(SharedPages.Read(page).Markdown.RawMarkdown);
            var visible = Trigrams(PageParser.Parse(page.Html).Body?.TextContent ?? "");
            recall += Share(theirs, ours.Contains);
            precision += Share(ours, words => theirs.Contains(words) || visible.Contains(words));
        }

        output.WriteLine($"{pages.Count} pages: recall {recall / pages.Count:P2}, precision "
            + $"{precision / pages.Count:P2}");
        Assert.True(recall / pages.Count > RecallFloor);
        Assert.True(precision / pages.Count > PrecisionFloor);
    }

    [RequiresFact(Requirement.SharedData)]
    public void WhyBlocked_EveryPage_IsNoWall() => Assert.All(SharedPages.All, page =>
        Assert.Null(BlockedPageDetection.WhyBlocked(403, page.Html)));

    private static double Share(HashSet<string> words, Func<string, bool> found) =>
        words.Count == 0 ? 1 : words.Count(found) / (double)words.Count;

    /// <summary>Sequences of three words, the targets of links left out.</summary>
    private static HashSet<string> Trigrams(string markdown)
    {
        var text = Regex.Replace(
            markdown,
            @"\]\((?:[^()\s]|\([^()]*\))*(?:\s+""[^\n]*?"")?\)",
            "] ",
            RegexOptions.None,
            TimeSpan.FromMinutes(1));
        var words = Regex.Matches(
                text.ToLowerInvariant(), @"[^\W_]+", RegexOptions.None, TimeSpan.FromMinutes(1))
            .Select(match => match.Value).ToArray();
        return Enumerable.Range(0, Math.Max(0, words.Length - 2))
            .Select(at => string.Join(' ', words[at], words[at + 1], words[at + 2])).ToHashSet();
    }

    private static string? Fold(string? text) =>
        text is null ? null : string.Join(' ', text.Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A URL without the ways of writing it that mean the same.</summary>
    private static string Same(string url)
    {
        var parts = url.Split('?', 2);
        var pairs = parts.Length == 1 ? [] : parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => Uri.UnescapeDataString(pair.Replace('+', ' ')).TrimEnd('='))
            .Order(StringComparer.Ordinal).ToArray();
        var path = Uri.UnescapeDataString(parts[0]).TrimEnd('/');
        foreach (var (scheme, port) in new[] { ("http:", ":80"), ("https:", ":443") })
        {
            path = path.StartsWith(scheme, StringComparison.Ordinal)
                && path.EndsWith(port, StringComparison.Ordinal)
                ? path[..^port.Length] : path;
        }

        return path + "?" + string.Join('&', pairs);
    }
}
