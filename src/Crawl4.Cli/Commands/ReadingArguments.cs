using System.CommandLine;
using System.CommandLine.Parsing;
using Crawl4.Core.Reading;
using static Crawl4.Cli.Commands.PlainOption;

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
        "--word-count-threshold", "Leave out blocks of text with fewer words. Default: 0, none.", min: 0);

    private readonly Option<bool> _onlyText = Flag("--only-text", "Leave out formatting within lines.");
    private readonly Option<bool> _removeForms = Flag("--remove-forms", "Leave out forms.");
    private readonly Option<bool> _removeOverlays = Flag("--remove-overlays", "Leave out consent banners and the like.");
    private readonly Option<bool> _keepDataAttributes = Flag("--keep-data-attributes", "Keep data-* attributes in cleaned HTML.");
    private readonly Option<string[]> _keepAttributes = Texts("--keep-attribute", "NAME", "Keep this attribute in cleaned HTML.");
    private readonly Option<string?> _baseUrl = Text("--base-url", "URL", "What relative links are relative to.");
    private readonly Option<string[]> _socialMediaDomains = Texts(
        "--social-media-domain", "DOMAIN", "What counts as social media, instead of the usual sites.");

    private readonly Option<bool> _scoreLinks = Flag("--score-links", "Give links scores, which --json shows.");
    private readonly Option<int?> _imageScoreThreshold = CountOption.Create(
        "--image-score-threshold", "Only images with more points are media. Default: 2.", min: 0);

    private readonly Option<double?> _tableScoreThreshold = Number(
        "--table-score-threshold", "Tables with fewer points lay the page out and are no data. Default: 7.");

    private readonly MarkdownArguments _markdown = new();
    private readonly FilterArguments _filter = new();

    private Option[] All =>
    [
        _cssSelector, _targetElements, _excludedTags, _excludedSelector, _excludeExternalLinks, _excludeSocialMediaLinks,
        _socialMediaDomains, _excludeDomains, _excludeImages, _excludeExternalImages, _imageScoreThreshold, _scoreLinks,
        _tableScoreThreshold, _wordCountThreshold, _onlyText, _removeForms, _removeOverlays, _keepDataAttributes,
        _keepAttributes, _baseUrl,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }

        _filter.AddTo(command);
        _markdown.AddTo(command);
    }

    /// <summary>True where a model is to filter.</summary>
    public bool IsFilteredByModel(CommandResult result) => _filter.IsByModel(result);

    public ReadingOptions Of(ParseResult parsed) => new()
    {
        CssSelector = parsed.GetValue(_cssSelector) ?? "",
        TargetElements = parsed.GetValue(_targetElements) ?? [],
        ExcludedTags = Words(parsed.GetValue(_excludedTags)),
        ExcludedSelector = parsed.GetValue(_excludedSelector) ?? "",
        ExcludeExternalLinks = parsed.GetValue(_excludeExternalLinks),
        ExcludeSocialMediaLinks = parsed.GetValue(_excludeSocialMediaLinks),
        SocialMediaDomains = Words(parsed.GetValue(_socialMediaDomains)) is { Length: > 0 } domains
            ? domains
            : ReadingOptions.Default.SocialMediaDomains,
        ExcludeDomains = Words(parsed.GetValue(_excludeDomains)),
        ExcludeImages = parsed.GetValue(_excludeImages),
        ExcludeExternalImages = parsed.GetValue(_excludeExternalImages),
        ImageScoreThreshold = parsed.GetValue(_imageScoreThreshold) ?? ReadingOptions.Default.ImageScoreThreshold,
        ScoreLinks = parsed.GetValue(_scoreLinks),
        TableScoreThreshold = parsed.GetValue(_tableScoreThreshold) ?? ReadingOptions.Default.TableScoreThreshold,
        WordCountThreshold = parsed.GetValue(_wordCountThreshold) ?? 0,
        OnlyText = parsed.GetValue(_onlyText),
        RemoveForms = parsed.GetValue(_removeForms),
        RemoveOverlays = parsed.GetValue(_removeOverlays),
        KeepDataAttributes = parsed.GetValue(_keepDataAttributes),
        KeepAttributes = Words(parsed.GetValue(_keepAttributes)),
        MarkdownSource = _markdown.Source(parsed),
        Markdown = _markdown.Of(parsed),
        BaseUrl = parsed.GetValue(_baseUrl) ?? "",
        ContentFilter = _filter.Of(parsed),
    };
}
