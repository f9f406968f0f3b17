using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>What a selector found: an element, or only a text, such as an attribute that XPath selects.</summary>
internal readonly record struct Selected(IElement? Element, string Text)
{
    public static Selected Of(IElement element) => new(element, "");
}
