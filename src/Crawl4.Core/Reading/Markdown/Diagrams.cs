using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Diagrams of Mermaid: their source where a page still has it, else the words in the drawing.</summary>
internal static class Diagrams
{
    public const string Language = "mermaid";

    /// <summary>An element with more attributes is no diagram.</summary>
    private const int MaxAttributes = 50;

    /// <summary>The source, or null for other elements.</summary>
    public static string? Of(IElement element)
    {
        if (element.Attributes.Length is 0 or > MaxAttributes)
        {
            return null;
        }

        if (element.LocalName == "svg")
        {
            return (element.GetAttribute("id") ?? "").StartsWith("mermaid-", StringComparison.Ordinal)
                ? Drawn(element) : null;
        }

        return element.GetAttribute("class") == Language && element.Children.All(child => child.LocalName == "br")
            ? PreformattedText.Of(element).Trim('\n', '\r', ' ') : null;
    }

    /// <summary>As Crawl4AI writes it: what kind of diagram it is, and its labels, each once.</summary>
    private static string? Drawn(IElement svg)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var lines = new List<string> { $"%% {HtmlSpace.Fold(svg.GetAttribute("aria-roledescription") ?? "diagram")} diagram" };
        Collect(svg, label =>
        {
            if (label.Length > 0 && labels.Add(label))
            {
                lines.Add(label);
            }
        });
        return lines.Count > 1 ? string.Join('\n', lines) : null;
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private static void Collect(INode parent, Action<string> label)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement { LocalName: "text" or "foreignObject" } words)
            {
                label(HtmlSpace.Fold(words.TextContent));
            }
            else if (children[index] is IElement element)
            {
                Collect(element, label);
            }
        }
    }
}
