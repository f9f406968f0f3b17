using System.Text.Json;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Quality.Pages;

/// <summary>The images, videos and audios of each page beside Crawl4AI's.</summary>
internal static class MediaQuality
{
    private const string OnlyOurs = "only ours";

    private const string OnlyTheirs = "only theirs";

    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var corrections = Corrections();
        var tally = new Tally();
        foreach (var page in data.ReadByCrawl4Ai)
        {
            var media = data.Read(page).Media;
            Compare(page, "images", media.Images, tally, corrections);
            Compare(page, "videos", media.Videos, tally, corrections);
            Compare(page, "audios", media.Audios, tally, corrections);
        }

        yield return tally.ToMeasure("images, videos, audios: Crawl4AI's and no others", "items", corrections.Rows);
    }

    private static CorrectionList<Difference> Corrections() => new(
        ("images: commas in the URLs of a srcset", "a URL may hold commas; Crawl4AI cuts it there", difference =>
            difference.Problem == OnlyOurs ? difference.Src.Contains(',', StringComparison.Ordinal)
                : difference.Problem == OnlyTheirs && difference.Ours.Any(our =>
                    our.Contains(',', StringComparison.Ordinal) && our.Contains(difference.Src, StringComparison.Ordinal))),
        ("images: Logo and Icon", "decoration, written with a capital or not", difference =>
            difference.Problem == OnlyTheirs
            && (Names(difference.Src, "logo") || Names(difference.Src, "icon"))),
        ("images: attributes such as data-src-facebook", "what other sites are to show, or a whole srcset taken for a URL",
            difference => difference.Problem == OnlyTheirs && difference.Page == "/r/seattletimes-1/"
            && (Names(difference.Src, "-1200x630.") || Names(difference.Src, "w, "))),
        ("images: format of a variant", "it is the one that its own URL names, not that of the placeholder", difference =>
            difference.Problem.StartsWith("format ", StringComparison.Ordinal)
            && Names(difference.Src, difference.Problem.Split(' ')[1])
            && !Names(difference.Src, difference.Problem.Split(' ')[3])));

    private static bool Names(string src, string part) => src.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static void Compare(
        QualityPage page, string kind, IReadOnlyList<MediaItem> items, Tally tally, CorrectionList<Difference> corrections)
    {
        var ours = items.DistinctBy(item => UrlForm.Same(item.Src)).ToDictionary(item => UrlForm.Same(item.Src));
        var theirs = Golden(page, kind).DistinctBy(item => item.Url).ToDictionary(item => item.Url, item => item.Item);
        foreach (var (url, item) in theirs)
        {
            var problem = ours.TryGetValue(url, out var our) ? Problem(our, item) : OnlyTheirs;
            var src = item.GetProperty("src").GetString()!;
            var difference = new Difference(page.Path, kind, problem ?? "", src, [.. items.Select(our => our.Src)]);
            tally.Add(problem is null || corrections.Explains(difference), difference.ToString);
        }

        foreach (var item in items.Where(item => !theirs.ContainsKey(UrlForm.Same(item.Src))))
        {
            var difference = new Difference(page.Path, kind, OnlyOurs, item.Src, []);
            tally.Add(corrections.Explains(difference), difference.ToString);
        }
    }

    private static IEnumerable<(string Url, JsonElement Item)> Golden(QualityPage page, string kind)
    {
        var baseUrl = BaseUrl.Of(PageParser.Parse(page.Html), page.Url);
        return page.Golden.GetProperty("media").GetProperty(kind).EnumerateArray().Select(item =>
            (UrlForm.Same(UrlReference.Resolve(baseUrl, item.GetProperty("src").GetString()!)), item));
    }

    private static string? Problem(MediaItem ours, JsonElement theirs)
    {
        var alt = HtmlSpace.Fold(theirs.GetProperty("alt").GetString());
        var format = theirs.GetProperty("format").GetString();
        var width = theirs.GetProperty("width");
        return alt != ours.Alt ? $"alt '{ours.Alt}' not '{alt}'"
            : theirs.GetProperty("score").GetInt32() != ours.Score ? $"score {ours.Score} not {theirs.GetProperty("score")}"
            : format != ours.Format ? $"format {ours.Format} not {format}"
            : width.ValueKind == JsonValueKind.Number && width.GetInt32() != ours.Width ? $"width {ours.Width} not {width}"
            : null;
    }

    private sealed record Difference(string Page, string Kind, string Problem, string Src, IReadOnlyList<string> Ours)
    {
        public override string ToString() => $"{Page} {Kind}: {Problem}: {Src}";
    }
}
