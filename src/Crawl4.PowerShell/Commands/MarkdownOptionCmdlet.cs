using System.Management.Automation;
using Crawl4.Core.Reading;

namespace Crawl4.PowerShell.Commands;

/// <summary>How Markdown is written, as parameters.</summary>
public abstract class MarkdownOptionCmdlet : ReadingCmdlet<object>
{
    /// <summary>What of the page Markdown is made from.</summary>
    [Parameter]
    [ValidateSet("CleanedHtml", "RawHtml", "FitHtml")]
    public string MarkdownSource { get; set; } = "CleanedHtml";

    /// <summary>Lines of paragraphs have at most so many characters.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int BodyWidth { get; set; }

    /// <summary>The cells of tables are filled up, so that columns line up.</summary>
    [Parameter]
    public SwitchParameter PadTables { get; set; }

    /// <summary>Links become their text.</summary>
    [Parameter]
    public SwitchParameter IgnoreLinks { get; set; }

    /// <summary>Links to places in the page itself become their text.</summary>
    [Parameter]
    public SwitchParameter SkipInternalLinks { get; set; }

    /// <summary>Links to mail addresses become their text.</summary>
    [Parameter]
    public SwitchParameter IgnoreMailtoLinks { get; set; }

    /// <summary>URLs stand in angle brackets.</summary>
    [Parameter]
    public SwitchParameter ProtectLinks { get; set; }

    /// <summary>Links whose text is their URL are written as any other.</summary>
    [Parameter]
    public SwitchParameter NoAutomaticLinks { get; set; }

    /// <summary>URLs stand in a list at the end.</summary>
    [Parameter]
    public SwitchParameter ReferenceLinks { get; set; }

    /// <summary>Markdown has no images.</summary>
    [Parameter]
    public SwitchParameter IgnoreImages { get; set; }

    /// <summary>Images become their alternative text.</summary>
    [Parameter]
    public SwitchParameter ImagesToAlt { get; set; }

    /// <summary>Images are written as HTML with their size.</summary>
    [Parameter]
    public SwitchParameter ImagesAsHtml { get; set; }

    /// <summary>Images that have a size are written as HTML.</summary>
    [Parameter]
    public SwitchParameter ImagesWithSize { get; set; }

    /// <summary>The alternative text of images that have none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string DefaultImageAlt { get; set; } = "";

    /// <summary>Emphasised text is text.</summary>
    [Parameter]
    public SwitchParameter IgnoreEmphasis { get; set; }

    /// <summary>Tables become paragraphs.</summary>
    [Parameter]
    public SwitchParameter IgnoreTables { get; set; }

    /// <summary>Tables are written as HTML.</summary>
    [Parameter]
    public SwitchParameter BypassTables { get; set; }

    /// <summary>Superscript and subscript keep their HTML tags.</summary>
    [Parameter]
    public SwitchParameter IncludeSupSub { get; set; }

    /// <summary>Elements with these tag names keep their HTML tags.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] KeepTag { get; set; } = [];

    /// <summary>What list items begin with.</summary>
    [Parameter]
    [ValidateSet("*", "-", "+")]
    public string UlItemMark { get; set; } = "*";

    /// <summary>What stands around emphasised text.</summary>
    [Parameter]
    [ValidateSet("_", "*")]
    public string EmphasisMark { get; set; } = "_";

    /// <summary>What stands, twice, around strong text.</summary>
    [Parameter]
    [ValidateSet("*", "_")]
    public string StrongMark { get; set; } = "*";

    /// <summary>What a short quote begins with.</summary>
    [Parameter]
    [AllowEmptyString]
    public string OpenQuote { get; set; } = "\"";

    /// <summary>What a short quote ends with.</summary>
    [Parameter]
    [AllowEmptyString]
    public string CloseQuote { get; set; } = "\"";

    private protected override ReadingOptions Apply(ReadingOptions basis) => base.Apply(basis) with
    {
        MarkdownSource = Given(
            Enum.Parse<MarkdownSource>(MarkdownSource, ignoreCase: true), basis.MarkdownSource, nameof(MarkdownSource)),
        Markdown = Apply(basis.Markdown),
    };

    private MarkdownOptions Apply(MarkdownOptions basis) => basis with
    {
        BodyWidth = Given(BodyWidth, basis.BodyWidth),
        PadTables = Given(PadTables, basis.PadTables),
        IgnoreLinks = Given(IgnoreLinks, basis.IgnoreLinks),
        SkipInternalLinks = Given(SkipInternalLinks, basis.SkipInternalLinks),
        IgnoreMailtoLinks = Given(IgnoreMailtoLinks, basis.IgnoreMailtoLinks),
        ProtectLinks = Given(ProtectLinks, basis.ProtectLinks),
        UseAutomaticLinks = Given(!NoAutomaticLinks, basis.UseAutomaticLinks, nameof(NoAutomaticLinks)),
        InlineLinks = Given(!ReferenceLinks, basis.InlineLinks, nameof(ReferenceLinks)),
        IgnoreImages = Given(IgnoreImages, basis.IgnoreImages),
        ImagesToAlt = Given(ImagesToAlt, basis.ImagesToAlt),
        ImagesAsHtml = Given(ImagesAsHtml, basis.ImagesAsHtml),
        ImagesWithSize = Given(ImagesWithSize, basis.ImagesWithSize),
        DefaultImageAlt = Given(DefaultImageAlt, basis.DefaultImageAlt),
        IgnoreEmphasis = Given(IgnoreEmphasis, basis.IgnoreEmphasis),
        IgnoreTables = Given(IgnoreTables, basis.IgnoreTables),
        BypassTables = Given(BypassTables, basis.BypassTables),
        IncludeSupSub = Given(IncludeSupSub, basis.IncludeSupSub),
        PreserveTags = Given(KeepTag, basis.PreserveTags),
        UlItemMark = Given(UlItemMark[0], basis.UlItemMark, nameof(UlItemMark)),
        EmphasisMark = Given(EmphasisMark[0], basis.EmphasisMark, nameof(EmphasisMark)),
        StrongMark = Given(StrongMark[0], basis.StrongMark, nameof(StrongMark)),
        OpenQuote = Given(OpenQuote, basis.OpenQuote),
        CloseQuote = Given(CloseQuote, basis.CloseQuote),
    };
}
