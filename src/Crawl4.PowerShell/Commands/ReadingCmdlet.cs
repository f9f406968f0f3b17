using System.Management.Automation;
using System.Runtime.CompilerServices;
using Crawl4.Core;
using Crawl4.Core.Reading;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that read pages: the reading options that people use daily.</summary>
/// <typeparam name="TIn">What the body is offered. Never a type of Crawl4.Core.</typeparam>
public abstract class ReadingCmdlet<TIn> : PumpedCmdlet<TIn>
{
    /// <summary>Only what this CSS selector matches is read.</summary>
    [Parameter]
    [AllowEmptyString]
    public string CssSelector { get; set; } = "";

    /// <summary>Cleaned HTML and Markdown are made only of what these CSS selectors match.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] TargetElement { get; set; } = [];

    /// <summary>Elements with these tag names are left out.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[] ExcludedTag { get; set; } = [];

    /// <summary>What this CSS selector matches is left out.</summary>
    [Parameter]
    [AllowEmptyString]
    public string ExcludedSelector { get; set; } = "";

    /// <summary>Links to other sites become their text.</summary>
    [Parameter]
    public SwitchParameter ExcludeExternalLinks { get; set; }

    /// <summary>Images are left out.</summary>
    [Parameter]
    public SwitchParameter ExcludeImages { get; set; }

    /// <summary>Formatting within lines is left out.</summary>
    [Parameter]
    public SwitchParameter OnlyText { get; set; }

    /// <summary>Blocks of text with fewer words are left out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int WordCountThreshold { get; set; }

    /// <summary>What decides which parts of the page are its content, for the fit Markdown.</summary>
    [Parameter]
    [ValidateSet("Pruning", "Bm25", "Llm", "None")]
    public string ContentFilter { get; set; } = "None";

    /// <summary>What the Bm25 filter looks for, or what the Llm filter keeps.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Query { get; set; } = "";

    /// <summary>What scores less is left out by the content filter.</summary>
    [Parameter]
    public double Threshold { get; set; }

    /// <summary>The options with what was given in their places.</summary>
    private protected virtual ReadingOptions Apply(ReadingOptions basis) => basis with
    {
        CssSelector = Given(CssSelector, basis.CssSelector),
        TargetElements = Given(TargetElement, basis.TargetElements),
        ExcludedTags = Given(ExcludedTag, basis.ExcludedTags),
        ExcludedSelector = Given(ExcludedSelector, basis.ExcludedSelector),
        ExcludeExternalLinks = Given(ExcludeExternalLinks, basis.ExcludeExternalLinks),
        ExcludeImages = Given(ExcludeImages, basis.ExcludeImages),
        OnlyText = Given(OnlyText, basis.OnlyText),
        WordCountThreshold = Given(WordCountThreshold, basis.WordCountThreshold),
        ContentFilter = ApplyTo(FilterFrom(basis.ContentFilter)),
    };

    /// <summary>The filter with what was given in its place.</summary>
    private protected virtual ContentFilter? ApplyTo(ContentFilter? filter)
    {
        switch (filter)
        {
            case PruningContentFilter pruning:
                Refuse(IsGiven(nameof(Query)), nameof(Query), "belongs to the Bm25 and Llm filters", "Give -ContentFilter Bm25.");
                return pruning with { Threshold = Given(Threshold, pruning.Threshold) };
            case Bm25ContentFilter bm25:
                return bm25 with { Query = Given(Query, bm25.Query), Threshold = Given(Threshold, bm25.Threshold) };
            case LlmContentFilter llm:
                Refuse(
                    IsGiven(nameof(Threshold)), nameof(Threshold), "belongs to the Pruning and Bm25 filters",
                    "Give -Query to say what is to be kept.");
                return llm with { Instruction = Given(Query, llm.Instruction, nameof(Query)) };
            default:
                var lone = IsGiven(nameof(Query)) ? nameof(Query) : nameof(Threshold);
                Refuse(IsGiven(lone), lone, "needs a content filter", "Give -ContentFilter Pruning, Bm25 or Llm.");
                return filter;
        }
    }

    /// <summary>The value where the user gave the parameter, else the other.</summary>
    private protected T Given<T>(T value, T otherwise, [CallerArgumentExpression(nameof(value))] string name = "") =>
        IsGiven(name) ? value : otherwise;

    /// <summary>The same for text, which a script may not have: null is none.</summary>
    private protected string Given(
        string? value, string otherwise, [CallerArgumentExpression(nameof(value))] string name = "") =>
        IsGiven(name) ? value ?? "" : otherwise;

    /// <summary>The same for a list, which a script may not have: null is an empty one.</summary>
    private protected IReadOnlyList<string> Given(
        string[]? value, IReadOnlyList<string> otherwise, [CallerArgumentExpression(nameof(value))] string name = "") =>
        IsGiven(name) ? value ?? [] : otherwise;

    /// <summary>The same for a switch, which can also be given as <c>:$false</c>.</summary>
    private protected bool Given(
        SwitchParameter value, bool otherwise, [CallerArgumentExpression(nameof(value))] string name = "") =>
        IsGiven(name) ? value.IsPresent : otherwise;

    private protected bool IsGiven(string name) => MyInvocation.BoundParameters.ContainsKey(name);

    /// <exception cref="Crawl4Exception">The parameter cannot be had here.</exception>
    private protected static void Refuse(bool isWrong, string name, string what, string advice)
    {
        if (isWrong)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"-{name} {what}.", name) { Advice = advice }
                .ToException();
        }
    }

    // Who gives a query alone means the filter that needs nothing else.
    private ContentFilter? FilterFrom(ContentFilter? basis) => IsGiven(nameof(ContentFilter))
        ? ContentFilter.ToLowerInvariant() switch
        {
            "pruning" => basis as PruningContentFilter ?? new PruningContentFilter(),
            "bm25" => basis as Bm25ContentFilter ?? new Bm25ContentFilter(),
            "llm" => basis as LlmContentFilter ?? new LlmContentFilter(),
            _ => null,
        }
        : basis ?? (IsGiven(nameof(Query)) ? new Bm25ContentFilter() : null);
}
