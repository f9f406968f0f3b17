using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>The text of an element, in the forms that Crawl4AI's strategies give.</summary>
internal static class ElementText
{
    public static string Of(INode node, SchemaKind kind)
    {
        var text = new StringBuilder();
        Append(text, node, kind);
        return kind == SchemaKind.XPath ? PythonWords.Trim(text.ToString()).ToString() : text.ToString();
    }

    /// <summary>All of it, as it is.</summary>
    public static string Whole(INode node)
    {
        if (node is IText leaf)
        {
            return leaf.Data;
        }

        var text = new StringBuilder();
        Append(text, node, SchemaKind.XPath);
        return text.ToString();
    }

    private static void Append(StringBuilder text, INode node, SchemaKind kind)
    {
        var children = node.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IText leaf)
            {
                AppendPiece(text, leaf.Data, kind);
            }
            else if (children[index] is IElement element && !(kind == SchemaKind.Css && IsHidden(element)))
            {
                Append(text, element, kind);
            }
        }
    }

    private static bool IsHidden(IElement element) => element.LocalName is "script" or "style" or "template";

    private static void AppendPiece(StringBuilder text, string piece, SchemaKind kind)
    {
        if (kind == SchemaKind.XPath)
        {
            text.Append(piece);
            return;
        }

        var trimmed = PythonWords.Trim(piece);
        if (trimmed.IsEmpty)
        {
            return;
        }

        if (kind == SchemaKind.Lxml && text.Length > 0)
        {
            text.Append(' ');
        }

        text.Append(trimmed);
    }
}
