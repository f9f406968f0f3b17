using System.Management.Automation;
using Crawl4.Core.Reading;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes reading options, all of them, anew or out of others.</summary>
[Cmdlet(VerbsCommon.New, "Crawl4ReadingOption")]
[OutputType(typeof(ReadingOptions))]
public sealed class NewCrawl4ReadingOptionCommand : MarkdownOptionCmdlet
{
    private static readonly PageReader Reader = new();

    /// <summary>The options to start from.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("From")]
    [ValidateNotNull]
    public ReadingOptions? InputObject { get; set; }

    /// <summary>Links to these sites, and images from them, are left out.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] ExcludeDomain { get; set; } = [];

    /// <summary>Links to social media are left out.</summary>
    [Parameter]
    public SwitchParameter ExcludeSocialMediaLinks { get; set; }

    /// <summary>What counts as social media.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] SocialMediaDomain { get; set; } = [];

    /// <summary>Images from other sites are left out.</summary>
    [Parameter]
    public SwitchParameter ExcludeExternalImages { get; set; }

    /// <summary>Only images with more points than this are media.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ImageScoreThreshold { get; set; } = 2;

    /// <summary>Links get scores.</summary>
    [Parameter]
    public SwitchParameter ScoreLinks { get; set; }

    /// <summary>Tables with fewer points than this lay the page out.</summary>
    [Parameter]
    public double TableScoreThreshold { get; set; } = 7;

    /// <summary>What relative URLs are relative to.</summary>
    [Parameter]
    [AllowEmptyString]
    public string BaseUrl { get; set; } = "";

    /// <summary>Forms are left out.</summary>
    [Parameter]
    public SwitchParameter RemoveForms { get; set; }

    /// <summary>Layers over the page are left out.</summary>
    [Parameter]
    public SwitchParameter RemoveOverlays { get; set; }

    /// <summary>Cleaned HTML keeps data-* attributes.</summary>
    [Parameter]
    public SwitchParameter KeepDataAttributes { get; set; }

    /// <summary>Attributes that cleaned HTML keeps besides the usual.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] KeepAttribute { get; set; } = [];

    /// <summary>How the Pruning filter's threshold is meant.</summary>
    [Parameter]
    [ValidateSet("Fixed", "Dynamic")]
    public string ThresholdType { get; set; } = "Fixed";

    /// <summary>The Pruning filter leaves out blocks with fewer words.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MinWordThreshold { get; set; }

    /// <summary>The Pruning filter keeps elements with one of these classes.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] PreserveClass { get; set; } = [];

    /// <summary>The Pruning filter keeps elements with one of these tag names.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] PreserveTag { get; set; } = [];

    /// <summary>The Bm25 filter compares words as they are written.</summary>
    [Parameter]
    public SwitchParameter NoStemming { get; set; }

    /// <summary>The language whose stems the Bm25 filter takes.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(StemLanguageCompleter))]
    public string Language { get; set; } = "";

    /// <summary>Whether the Llm filter chooses blocks of the page or writes it anew.</summary>
    [Parameter]
    [ValidateSet("Select", "Rewrite")]
    public string FilterMode { get; set; } = "Select";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Offer(Checked(() =>
    {
        var options = Apply(InputObject ?? ReadingOptions.Default);

        // The reader refuses what it cannot work with, whatever the page; better here than at the first page.
        Reader.ReadHtml("", "", options, CancellationToken.None);
        return options;
    }));

    private protected override async Task RunAsync(
        IAsyncEnumerable<object> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await foreach (var options in input.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(options).ConfigureAwait(false);
        }
    }

    private protected override ReadingOptions Apply(ReadingOptions basis) => base.Apply(basis) with
    {
        ExcludeDomains = Given(ExcludeDomain, basis.ExcludeDomains),
        ExcludeSocialMediaLinks = Given(ExcludeSocialMediaLinks, basis.ExcludeSocialMediaLinks),
        SocialMediaDomains = Given(SocialMediaDomain, basis.SocialMediaDomains),
        ExcludeExternalImages = Given(ExcludeExternalImages, basis.ExcludeExternalImages),
        ImageScoreThreshold = Given(ImageScoreThreshold, basis.ImageScoreThreshold),
        ScoreLinks = Given(ScoreLinks, basis.ScoreLinks),
        TableScoreThreshold = Given(TableScoreThreshold, basis.TableScoreThreshold),
        BaseUrl = Given(BaseUrl, basis.BaseUrl),
        RemoveForms = Given(RemoveForms, basis.RemoveForms),
        RemoveOverlays = Given(RemoveOverlays, basis.RemoveOverlays),
        KeepDataAttributes = Given(KeepDataAttributes, basis.KeepDataAttributes),
        KeepAttributes = Given(KeepAttribute, basis.KeepAttributes),
    };

    private protected override ContentFilter? ApplyTo(ContentFilter? filter)
    {
        string[] pruningOnly = [nameof(ThresholdType), nameof(MinWordThreshold), nameof(PreserveClass), nameof(PreserveTag)];
        string[] bm25Only = [nameof(NoStemming), nameof(Language)];
        RefuseAll(filter is not PruningContentFilter, pruningOnly, "Pruning");
        RefuseAll(filter is not Bm25ContentFilter, bm25Only, "Bm25");
        RefuseAll(filter is not LlmContentFilter, [nameof(FilterMode)], "Llm");
        return base.ApplyTo(filter) switch
        {
            PruningContentFilter pruning => pruning with
            {
                ThresholdType = Given(Enum.Parse<PruningThreshold>(ThresholdType, ignoreCase: true), pruning.ThresholdType,
                    nameof(ThresholdType)),
                MinWordThreshold = Given(MinWordThreshold, pruning.MinWordThreshold),
                PreserveClasses = Given(PreserveClass, pruning.PreserveClasses),
                PreserveTags = Given(PreserveTag, pruning.PreserveTags),
            },
            Bm25ContentFilter bm25 => bm25 with
            {
                UseStemming = Given(!NoStemming, bm25.UseStemming, nameof(NoStemming)),
                Language = Given(Language, bm25.Language),
            },
            LlmContentFilter llm => llm with
            {
                Mode = Given(Enum.Parse<LlmFilterMode>(FilterMode, ignoreCase: true), llm.Mode, nameof(FilterMode)),
            },
            var other => other,
        };
    }

    private void RefuseAll(bool isWrong, string[] names, string filter)
    {
        foreach (var name in names.Where(IsGiven))
        {
            Refuse(isWrong, name, $"belongs to the {filter} filter", $"Give -ContentFilter {filter}.");
        }
    }
}
