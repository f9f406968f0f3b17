using System.CommandLine;
using System.Globalization;
using Crawl4.Core.Reading;

namespace Crawl4.Cli.Commands;

/// <summary>How pages are read: the one place where command-line options become reading options.</summary>
internal sealed class ReadingArguments
{
    private readonly Option<string?> _cssSelector = Text(
        "--css-selector", "SELECTOR", "Read only what this CSS selector matches.");

    private readonly Option<string[]> _targetElements = Texts(
        "--target-element", "SELECTOR",
        "Make Markdown only of what this CSS selector matches; links, media and tables come from all.");

    private readonly Option<string[]> _excludedTags = Texts("--excluded-tag", "TAG", "Leave out elements with this tag name.");
    private readonly Option<string?> _excludedSelector = Text(
        "--excluded-selector", "SELECTOR", "Leave out what this CSS selector matches.");

    private readonly Option<bool> _excludeExternalLinks = Flag("--exclude-external-links", "Leave out links to other sites.");
    private readonly Option<bool> _excludeSocialMediaLinks = Flag(
        "--exclude-social-media-links", "Leave out links to social media.");

    private readonly Option<string[]> _excludeDomains = Texts(
        "--exclude-domain", "DOMAIN", "Leave out links to this site and images from it.");

    private readonly Option<bool> _excludeImages = Flag("--exclude-images", "Leave out images.");
    private readonly Option<bool> _excludeExternalImages = Flag("--exclude-external-images", "Leave out images of other sites.");
    private readonly Option<int?> _wordCountThreshold = CountOption.Create(
        "--word-count-threshold", "Leave out blocks of text with fewer words.");

    private readonly Option<bool> _onlyText = Flag("--only-text", "Leave out formatting within lines.");
    private readonly Option<bool> _removeForms = Flag("--remove-forms", "Leave out forms.");
    private readonly Option<bool> _removeOverlays = Flag("--remove-overlays", "Leave out consent banners and the like.");
    private readonly Option<bool> _keepDataAttributes = Flag("--keep-data-attributes", "Keep data-* attributes in cleaned HTML.");
    private readonly Option<string[]> _keepAttributes = Texts("--keep-attribute", "NAME", "Keep this attribute in cleaned HTML.");
    private readonly Option<MarkdownSource?> _markdownSource = ChoiceOption.Create<MarkdownSource>(
        "--markdown-source", "What Markdown is made from. Default: cleaned-html.", "cleaned-html", "raw-html", "fit-html");

    private readonly Option<bool> _ignoreLinks = Flag("--ignore-links", "Write links as their text.");
    private readonly Option<bool> _ignoreImages = Flag("--ignore-images", "Write no images in Markdown.");
    private readonly Option<string?> _baseUrl = Text("--base-url", "URL", "What relative links are relative to.");
    private readonly Option<FilterKind?> _filter = ChoiceOption.Create<FilterKind>(
        "--filter", "What makes fit Markdown: what looks like content, or what answers --query.", "pruning", "bm25");

    private readonly Option<string?> _query = Text("--query", "TEXT", "What the bm25 filter looks for; chooses that filter.");
    private readonly Option<double?> _threshold = Number(
        "--filter-threshold", "Leave out what scores less. Default: 0.48 for pruning, 1.0 for bm25.");

    private enum FilterKind
    {
        Pruning,
        Bm25,
    }

    private Option[] All =>
    [
        _cssSelector, _targetElements, _excludedTags, _excludedSelector, _excludeExternalLinks, _excludeSocialMediaLinks,
        _excludeDomains, _excludeImages, _excludeExternalImages, _wordCountThreshold, _onlyText, _removeForms,
        _removeOverlays, _keepDataAttributes, _keepAttributes, _markdownSource, _ignoreLinks, _ignoreImages, _baseUrl,
        _filter, _query, _threshold,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.Valid(_filter) == FilterKind.Pruning && result.Valid(_query) is not null)
            {
                result.AddError("--query belongs to --filter bm25.");
            }
            else if (result.Valid(_threshold) is not null
                && result.Valid(_filter) is null && result.Valid(_query) is null)
            {
                result.AddError("--filter-threshold needs a filter; give --filter pruning or --filter bm25.");
            }
        });
    }

    public ReadingOptions Of(ParseResult parsed) => new()
    {
        CssSelector = parsed.GetValue(_cssSelector) ?? "",
        TargetElements = parsed.GetValue(_targetElements) ?? [],
        ExcludedTags = [.. Words(parsed.GetValue(_excludedTags))],
        ExcludedSelector = parsed.GetValue(_excludedSelector) ?? "",
        ExcludeExternalLinks = parsed.GetValue(_excludeExternalLinks),
        ExcludeSocialMediaLinks = parsed.GetValue(_excludeSocialMediaLinks),
        ExcludeDomains = [.. Words(parsed.GetValue(_excludeDomains))],
        ExcludeImages = parsed.GetValue(_excludeImages),
        ExcludeExternalImages = parsed.GetValue(_excludeExternalImages),
        WordCountThreshold = parsed.GetValue(_wordCountThreshold) ?? 0,
        OnlyText = parsed.GetValue(_onlyText),
        RemoveForms = parsed.GetValue(_removeForms),
        RemoveOverlays = parsed.GetValue(_removeOverlays),
        KeepDataAttributes = parsed.GetValue(_keepDataAttributes),
        KeepAttributes = [.. Words(parsed.GetValue(_keepAttributes))],
        MarkdownSource = parsed.GetValue(_markdownSource) ?? MarkdownSource.CleanedHtml,
        Markdown = new MarkdownOptions
        {
            IgnoreLinks = parsed.GetValue(_ignoreLinks),
            IgnoreImages = parsed.GetValue(_ignoreImages),
        },
        BaseUrl = parsed.GetValue(_baseUrl) ?? "",
        ContentFilter = Filter(parsed),
    };

    private ContentFilter? Filter(ParseResult parsed)
    {
        var query = parsed.GetValue(_query);
        var threshold = parsed.GetValue(_threshold);
        var pruning = new PruningContentFilter();
        var bm25 = new Bm25ContentFilter { Query = query ?? "" };
        return (parsed.GetValue(_filter) ?? (query is null ? null : FilterKind.Bm25)) switch
        {
            FilterKind.Pruning => pruning with { Threshold = threshold ?? pruning.Threshold },
            FilterKind.Bm25 => bm25 with { Threshold = threshold ?? bm25.Threshold },
            _ => null,
        };
    }

    // Names have no commas, so that several can be given at once.
    private static IEnumerable<string> Words(string[]? values) => (values ?? []).SelectMany(value => value.Split(
        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<string[]> Texts(string name, string helpName, string description) => new(name)
    {
        Description = description + " May be repeated.",
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
    };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
            {
                return number;
            }

            result.AddError($"{name} is '{text}'; give a number such as 0.5.");
            return null;
        },
    };
}
