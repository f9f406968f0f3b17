using System.CommandLine;
using Crawl4.Core.Reading;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>How Markdown is written. The names are those of Crawl4AI's generator.</summary>
internal sealed class MarkdownArguments
{
    private readonly Option<MarkdownSource?> _source = ChoiceOption.Create<MarkdownSource>(
        "--markdown-source", "What Markdown is made from. Default: cleaned-html.", "cleaned-html", "raw-html", "fit-html");

    private readonly Option<int?> _bodyWidth = CountOption.Create("--body-width", "Break lines of more characters.");
    private readonly Option<bool> _padTables = Flag("--pad-tables", "Fill up the cells of tables, so that columns line up.");
    private readonly Option<bool> _ignoreLinks = Flag("--ignore-links", "Write links as their text.");
    private readonly Option<bool> _skipInternalLinks = Flag(
        "--skip-internal-links", "Write links to places in the page itself as their text.");

    private readonly Option<bool> _ignoreMailtoLinks = Flag(
        "--ignore-mailto-links", "Write mail addresses' links as their text.");

    private readonly Option<bool> _protectLinks = Flag("--protect-links", "Write URLs in angle brackets.");
    private readonly Option<bool> _noAutomaticLinks = Flag(
        "--no-automatic-links", "Write links whose text is their URL as any other.");

    private readonly Option<bool> _referenceLinks = Flag("--reference-links", "Write URLs in a list at the end.");
    private readonly Option<bool> _ignoreImages = Flag("--ignore-images", "Write no images in Markdown.");
    private readonly Option<bool> _imagesToAlt = Flag("--images-to-alt", "Write images as their alternative text.");
    private readonly Option<bool> _imagesAsHtml = Flag("--images-as-html", "Write images as HTML with their size.");
    private readonly Option<bool> _imagesWithSize = Flag("--images-with-size", "Write images that have a size as HTML.");
    private readonly Option<string?> _defaultImageAlt = Text(
        "--default-image-alt", "TEXT", "The alternative text of images that have none.");

    private readonly Option<bool> _ignoreEmphasis = Flag("--ignore-emphasis", "Write emphasised text as text.");
    private readonly Option<bool> _ignoreTables = Flag("--ignore-tables", "Write tables as paragraphs.");
    private readonly Option<bool> _bypassTables = Flag("--bypass-tables", "Write tables as HTML.");
    private readonly Option<bool> _includeSupSub = Flag("--include-sup-sub", "Keep the HTML tags of superscript and subscript.");
    private readonly Option<string[]> _keepTags = Texts("--keep-tag", "TAG", "Keep the HTML tags of elements of this name.");
    private readonly Option<char?> _ulItemMark = Mark("--ul-item-mark", "What list items begin with.", "*-+");
    private readonly Option<char?> _emphasisMark = Mark("--emphasis-mark", "What stands around emphasised text.", "_*");
    private readonly Option<char?> _strongMark = Mark("--strong-mark", "What stands, twice, around strong text.", "*_");
    private readonly Option<string?> _openQuote = Text("--open-quote", "TEXT", "What a short quote begins with. Default: \".");
    private readonly Option<string?> _closeQuote = Text("--close-quote", "TEXT", "What a short quote ends with. Default: \".");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _source, _bodyWidth, _padTables, _ignoreLinks, _skipInternalLinks, _ignoreMailtoLinks, _protectLinks,
            _noAutomaticLinks, _referenceLinks, _ignoreImages, _imagesToAlt, _imagesAsHtml, _imagesWithSize, _defaultImageAlt,
            _ignoreEmphasis, _ignoreTables, _bypassTables, _includeSupSub, _keepTags, _ulItemMark, _emphasisMark, _strongMark,
            _openQuote, _closeQuote,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public MarkdownSource Source(ParseResult parsed) => parsed.GetValue(_source) ?? MarkdownSource.CleanedHtml;

    public MarkdownOptions Of(ParseResult parsed)
    {
        var usual = MarkdownOptions.Default;
        return new()
        {
            BodyWidth = parsed.GetValue(_bodyWidth) ?? usual.BodyWidth,
            PadTables = parsed.GetValue(_padTables),
            IgnoreLinks = parsed.GetValue(_ignoreLinks),
            SkipInternalLinks = parsed.GetValue(_skipInternalLinks),
            IgnoreMailtoLinks = parsed.GetValue(_ignoreMailtoLinks),
            ProtectLinks = parsed.GetValue(_protectLinks),
            UseAutomaticLinks = !parsed.GetValue(_noAutomaticLinks),
            InlineLinks = !parsed.GetValue(_referenceLinks),
            IgnoreImages = parsed.GetValue(_ignoreImages),
            ImagesToAlt = parsed.GetValue(_imagesToAlt),
            ImagesAsHtml = parsed.GetValue(_imagesAsHtml),
            ImagesWithSize = parsed.GetValue(_imagesWithSize),
            DefaultImageAlt = parsed.GetValue(_defaultImageAlt) ?? usual.DefaultImageAlt,
            IgnoreEmphasis = parsed.GetValue(_ignoreEmphasis),
            IgnoreTables = parsed.GetValue(_ignoreTables),
            BypassTables = parsed.GetValue(_bypassTables),
            IncludeSupSub = parsed.GetValue(_includeSupSub),
            PreserveTags = Words(parsed.GetValue(_keepTags)),
            UlItemMark = parsed.GetValue(_ulItemMark) ?? usual.UlItemMark,
            EmphasisMark = parsed.GetValue(_emphasisMark) ?? usual.EmphasisMark,
            StrongMark = parsed.GetValue(_strongMark) ?? usual.StrongMark,
            OpenQuote = parsed.GetValue(_openQuote) ?? usual.OpenQuote,
            CloseQuote = parsed.GetValue(_closeQuote) ?? usual.CloseQuote,
        };
    }
}
