using System.Collections;
using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Extracting;
using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that read pages and extract data from them.</summary>
/// <typeparam name="TIn">What the body is offered. Never a type of Crawl4.Core.</typeparam>
public abstract class ExtractingCmdlet<TIn> : ReadingCmdlet<TIn>
{
    /// <summary>How pages are read. What other parameters say wins.</summary>
    [Parameter]
    [ValidateNotNull]
    public ReadingOptions? ReadingOption { get; set; }

    /// <summary>What is extracted by selectors.</summary>
    [Parameter]
    [ValidateNotNull]
    [SchemaTransformation]
    public ExtractionSchema? Schema { get; set; }

    /// <summary>What is extracted by patterns: labels of the catalogue.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternLabelCompleter))]
    public string[] Pattern { get; set; } = [];

    /// <summary>Patterns of the user's own, by their labels.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? CustomPattern { get; set; }

    /// <summary>What of the page data is extracted from.</summary>
    [Parameter]
    [ValidateSet("Html", "CleanedHtml", "FitHtml", "Markdown", "FitMarkdown")]
    public string? ExtractFrom { get; set; }

    private protected ReadingOptions Reading { get; private set; } = null!;

    private protected PageExtraction? Extraction { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Reading = Checked(() => Apply(ReadingOption ?? ReadingOptions.Default));
        Extraction = Checked(MakeExtraction);
        base.BeginProcessing();
    }

    private PageExtraction? MakeExtraction()
    {
        var byPattern = Pattern.Length > 0 || CustomPattern is not null;
        Refuse(
            Schema is not null && byPattern, nameof(Schema), "and patterns are two ways to extract",
            "Give one of them, and run the command again for the other: the page is in the cache.");
        Refuse(
            Schema is null && !byPattern && ExtractFrom is not null, nameof(ExtractFrom), "is given, and nothing to extract",
            "Give -Schema, -Pattern or -CustomPattern.");
        ExtractionSource? source = ExtractFrom is null ? null : Enum.Parse<ExtractionSource>(ExtractFrom, ignoreCase: true);
        return Schema is not null ? PageExtraction.BySchema(Schema, source)
            : byPattern ? PageExtraction.ByPatterns(Pattern, HeaderText.From(CustomPattern), source)
            : null;
    }
}
