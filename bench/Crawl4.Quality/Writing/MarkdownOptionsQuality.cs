using System.Text.Json;
using System.Text.RegularExpressions;
using Crawl4.Core.Reading;

namespace Crawl4.Quality.Writing;

/// <summary>Small pieces of HTML written with each option of Crawl4AI's Markdown: the same words and URLs in the same
/// order, and an option changes something where it does there.</summary>
internal static partial class MarkdownOptionsQuality
{
    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var rows = data.Golden("golden-micro", "markdown_options.json.gz").EnumerateArray().Select(Case.Of).ToList();
        var defaults = rows.Where(row => row.Options == "{}").ToDictionary(row => row.Number);
        yield return SameWords(rows);
        yield return SameEffect([.. rows.Where(row => row.Options != "{}")], defaults);
    }

    private static Measure SameWords(List<Case> rows)
    {
        var corrections = MarkdownCorrections.OfWords();
        var tally = new Tally();
        foreach (var row in rows)
        {
            var ours = WordsOf(row.Ours);
            var theirs = WordsOf(row.Theirs);
            tally.Add(ours == theirs || corrections.Explains(row), () => $"{row}\n  {theirs}\n  {ours}");
        }

        return tally.ToMeasure("Markdown options: words and URLs", "cases", corrections.Rows);
    }

    private static Measure SameEffect(List<Case> rows, Dictionary<int, Case> defaults)
    {
        var corrections = MarkdownCorrections.OfEffects();
        var tally = new Tally();
        foreach (var row in rows)
        {
            var plain = defaults[row.Number];
            tally.Add(
                (Lines(row.Ours) == Lines(plain.Ours)) == (Lines(row.Theirs) == Lines(plain.Theirs))
                    || corrections.Explains(row),
                row.ToString);
        }

        return tally.ToMeasure("Markdown options: each has its effect", "cases", corrections.Rows);
    }

    /// <summary>Markdown without blank lines, which are ours between all blocks.</summary>
    private static string Lines(string markdown) => string.Join('\n', markdown.Split(
        ['\n', '>'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string WordsOf(string markdown) =>
        string.Join(' ', Word().Matches(Uri.UnescapeDataString(markdown)).Select(match => match.Value));

    [GeneratedRegex(@"[^\W_]+", RegexOptions.None, 60_000)]
    private static partial Regex Word();
}

/// <summary>A piece of HTML, the options it is written with, and what it becomes.</summary>
internal sealed record Case(int Number, string Options, string Html, string Theirs, string Ours)
{
    private const string Url = "http://b.example/dir/page.html";

    public bool Has(string option) => Options.Contains($"\"{option}\"", StringComparison.Ordinal);

    public static Case Of(JsonElement row)
    {
        var options = row.GetProperty("options");
        var html = row.GetProperty("html").GetString()!;
        var read = new ReadingOptions { Markdown = Translate(options) };
        return new Case(
            row.GetProperty("i").GetInt32(), options.GetRawText(), html, row.GetProperty("raw_markdown").GetString()!,
            new PageReader().ReadHtml(html, Url, read, CancellationToken.None).Markdown.RawMarkdown);
    }

    public override string ToString() =>
        $"{Options.ReplaceLineEndings("")} {Html}\n  {Theirs.ReplaceLineEndings("\\n")}\n  {Ours.ReplaceLineEndings("\\n")}";

    /// <summary>Options of the same names. Those that there is no counterpart of stay as they are.</summary>
    private static MarkdownOptions Translate(JsonElement options)
    {
        var ours = new MarkdownOptions();
        foreach (var option in options.EnumerateObject())
        {
            var value = option.Value;
            ours = option.Name switch
            {
                "body_width" => ours with { BodyWidth = value.GetInt32() },
                "pad_tables" => ours with { PadTables = value.GetBoolean() },
                "ignore_links" => ours with { IgnoreLinks = value.GetBoolean() },
                "ignore_images" => ours with { IgnoreImages = value.GetBoolean() },
                "skip_internal_links" => ours with { SkipInternalLinks = value.GetBoolean() },
                "protect_links" => ours with { ProtectLinks = value.GetBoolean() },
                "include_sup_sub" => ours with { IncludeSupSub = value.GetBoolean() },
                "ignore_emphasis" => ours with { IgnoreEmphasis = value.GetBoolean() },
                "bypass_tables" => ours with { BypassTables = value.GetBoolean() },
                "ignore_tables" => ours with { IgnoreTables = value.GetBoolean() },
                "images_to_alt" => ours with { ImagesToAlt = value.GetBoolean() },
                "default_image_alt" => ours with { DefaultImageAlt = value.GetString()! },
                "inline_links" => ours with { InlineLinks = value.GetBoolean() },
                "use_automatic_links" => ours with { UseAutomaticLinks = value.GetBoolean() },
                "ignore_mailto_links" => ours with { IgnoreMailtoLinks = value.GetBoolean() },
                "ul_item_mark" => ours with { UlItemMark = value.GetString()![0] },
                "emphasis_mark" => ours with { EmphasisMark = value.GetString()![0] },
                "strong_mark" => ours with { StrongMark = value.GetString()![0] },
                "images_as_html" => ours with { ImagesAsHtml = value.GetBoolean() },
                "images_with_size" => ours with { ImagesWithSize = value.GetBoolean() },
                "preserve_tags" => ours with { PreserveTags = [.. value.EnumerateArray().Select(tag => tag.GetString()!)] },
                "open_quote" => ours with { OpenQuote = value.GetString()! },
                "close_quote" => ours with { CloseQuote = value.GetString()! },
                _ => ours,
            };
        }

        return ours;
    }
}
