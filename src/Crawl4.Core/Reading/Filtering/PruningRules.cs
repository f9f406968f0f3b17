using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>The tags that pruning knows: Crawl4AI's.</summary>
internal static class PruningRules
{
    /// <summary>The weight of a tag that has none of its own.</summary>
    private const double OtherWeight = 0.5;

    private static readonly FrozenSet<string> Unwanted = FrozenSet.ToFrozenSet(
        ["nav", "footer", "header", "aside", "script", "style", "form", "iframe", "noscript"],
        StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Weights = new Dictionary<string, double>
    {
        ["article"] = 1.5, ["h1"] = 1.2, ["h2"] = 1.1, ["p"] = 1, ["section"] = 1, ["h3"] = 1, ["h4"] = 0.9,
        ["h5"] = 0.8, ["h6"] = 0.7, ["div"] = 0.5, ["li"] = 0.5, ["ul"] = 0.5, ["ol"] = 0.5, ["span"] = 0.3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Tags for which the dynamic threshold is lower.</summary>
    private static readonly FrozenSet<string> Important = FrozenSet.ToFrozenSet(
        ["article", "main", "section", "p", "h1", "h2", "h3"], StringComparer.Ordinal);

    public static bool IsUnwanted(IElement element) => Unwanted.Contains(element.LocalName);

    public static bool IsImportant(IElement element) => Important.Contains(element.LocalName);

    public static double WeightOf(IElement element) =>
        Weights.GetValueOrDefault(element.LocalName, OtherWeight);
}
