using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>The parser opens formatting and links again that a page did not close, each time with all their attributes: one
/// address of 300,000 characters can become 70 million. Here the tree is brought back into proportion. What the page
/// itself has is kept; of what the parser repeated, attributes beyond the bound go, text and elements stay.</summary>
internal sealed class RepeatedAttributes
{
    /// <summary>Characters that the largest page may have repeated.</summary>
    private const int MaxRepeated = 4_000_000;

    private readonly HashSet<string> _seen = new(ReferenceEqualityComparer.Instance);
    private long _repeatable;

    private RepeatedAttributes(long repeatable) => _repeatable = repeatable;

    /// <param name="document">The tree, which is changed where it is out of proportion.</param>
    /// <param name="length">The length of the page that it was made of.</param>
    public static void Bound(IDocument document, int length)
    {
        var repeatable = Repetition.Of(length, MaxRepeated);
        if (WeightBelow(document) > (long)length + repeatable)
        {
            new RepeatedAttributes(repeatable).BoundBelow(document);
        }
    }

    private void BoundBelow(INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement element)
            {
                Bound(element);
                BoundBelow(element);
            }
        }
    }

    private void Bound(IElement element)
    {
        if (IsCopy(element) && (_repeatable -= Weight(element)) < 0)
        {
            // The first each time: the tree looks for it by name, from the first on.
            for (var left = element.Attributes.Length; left > 0; left--)
            {
                element.RemoveAttribute(element.Attributes[0]!.NamespaceUri, element.Attributes[0]!.LocalName);
            }
        }
    }

    /// <summary>A copy shares its values with the element that it was made of, or where there are none its names.</summary>
    private bool IsCopy(IElement element) =>
        element.Attributes.Length > 0 && TagNesting.Of(element.LocalName).Kind == NestingKind.Formatting
        && !_seen.Add(Longest(element, attribute => attribute.Value) is { Length: > 0 } value
            ? value : Longest(element, attribute => attribute.LocalName));

    private static string Longest(IElement element, Func<IAttr, string> part)
    {
        var longest = "";
        for (var index = 0; index < element.Attributes.Length; index++)
        {
            var text = part(element.Attributes[index]!);
            longest = text.Length > longest.Length ? text : longest;
        }

        return longest;
    }

    // By index: the tree's nodes do not know their place among others, so that going from one to the next takes time with
    // the square of their number.
    private static long WeightBelow(INode parent)
    {
        var weight = 0L;
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement element)
            {
                weight += Weight(element) + WeightBelow(element);
            }
        }

        return weight;
    }

    private static long Weight(IElement element)
    {
        var attributes = element.Attributes;
        var weight = 0L;
        for (var index = 0; index < attributes.Length; index++)
        {
            weight += attributes[index]!.LocalName.Length + attributes[index]!.Value.Length;
        }

        return weight;
    }
}
