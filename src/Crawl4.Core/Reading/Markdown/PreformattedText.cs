using System.Text;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>The text of preformatted content, character for character, br as a line's end.</summary>
internal static class PreformattedText
{
    public static string Of(IElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return text.Replace('\0', '\uFFFD').ToString();
    }

    /// <summary>Recurses no deeper than the parser lets a tree be.</summary>
    private static void Append(StringBuilder text, INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            switch (children[index])
            {
                case IText data:
                    text.Append(data.Data);
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                case IElement { LocalName: "script" or "style" or "template" or "noscript" }:
                    break;
                case IElement child:
                    Append(text, child);
                    break;
            }
        }
    }
}
