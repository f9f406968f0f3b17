using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Finds what a <see cref="PruningContentFilter"/> leaves out.</summary>
internal sealed class Pruning(PruningContentFilter filter)
{
    private readonly HashSet<string> _preservedClasses = new(filter.PreserveClasses, StringComparer.Ordinal);
    private readonly HashSet<string> _preservedTags =
        new(filter.PreserveTags, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the topmost elements that are left out.</summary>
    public void Exclude(CleanedTree tree, HashSet<INode> excluded)
    {
        var elements = tree.Elements;
        var inSentence = false;
        var sentenceEnd = 0;
        for (var index = 0; index < elements.Length;)
        {
            ref readonly var element = ref elements[index];
            inSentence = inSentence && index < sentenceEnd;
            if (IsPreserved(element.Element))
            {
                index = element.End;
            }
            else if (PruningRules.IsUnwanted(element.Element)
                || (element.Element.LocalName is not ("html" or "body") && !IsKept(element, inSentence)))
            {
                excluded.Add(element.Element);
                index = element.End;
            }
            else
            {
                if (!inSentence && element.HasOwnText)
                {
                    inSentence = true;
                    sentenceEnd = element.End;
                }

                index++;
            }
        }
    }

    private bool IsKept(in CleanedElement element, bool inSentence)
    {
        if (inSentence && element.Element.LocalName is "br" or "wbr")
        {
            // Without the break the words on both sides of it would be one.
            return true;
        }

        if (element.Words < filter.MinWordThreshold
            && !(inSentence && element.Words > 0 && IsInline(element.Element)))
        {
            return false;
        }

        var textShare = Share(element.TextLength, element.HtmlLength);
        var linkShare = Share(element.LinkTextLength, element.TextLength);
        var score = (0.4 * textShare) + (0.2 * (1 - linkShare))
            + (0.2 * PruningRules.WeightOf(element.Element)) + (0.1 * Math.Log(element.TextLength + 1));
        return score >= ThresholdOf(element.Element, textShare, linkShare);
    }

    private double ThresholdOf(IElement element, double textShare, double linkShare)
    {
        var threshold = filter.Threshold;
        if (filter.ThresholdType == PruningThreshold.Dynamic)
        {
            threshold *= PruningRules.IsImportant(element) ? 0.8 : 1;
            threshold *= textShare > 0.4 ? 0.9 : 1;
            threshold *= linkShare > 0.6 ? 1.2 : 1;
        }

        return threshold;
    }

    private bool IsPreserved(IElement element) => _preservedTags.Contains(element.LocalName)
        || (_preservedClasses.Count > 0 && (element.GetAttribute("class") ?? "")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(_preservedClasses.Contains));

    private static bool IsInline(IElement element) => !TagRoles.IsBlock(TagRoles.Of(element));

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
