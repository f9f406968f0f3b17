using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>The markup of an element, itself included, in the form that Crawl4AI's strategies give: every element
/// closed, and no more escaped than must be. For CSS schemas attributes are sorted, and white space alone is one
/// character.</summary>
internal sealed class ElementHtml
{
    private readonly StringBuilder _html = new();
    private readonly bool _isTidy;

    private ElementHtml(bool isTidy) => _isTidy = isTidy;

    public static string Of(IElement element, SchemaKind kind)
    {
        var html = new ElementHtml(isTidy: kind == SchemaKind.Css);
        html.Append(element, keepsSpace: false);
        return html._html.ToString();
    }

    private void Append(IElement element, bool keepsSpace)
    {
        _html.Append('<').Append(element.LocalName);
        IEnumerable<IAttr> attributes = element.Attributes;
        foreach (var attribute in _isTidy ? attributes.OrderBy(each => each.Name, StringComparer.Ordinal) : attributes)
        {
            _html.Append(' ').Append(attribute.Name).Append("=\"");
            AppendEscaped(attribute.Value, "&<>\"");
            _html.Append('"');
        }

        if (IsVoid(element.LocalName))
        {
            _html.Append("/>");
            return;
        }

        _html.Append('>');
        AppendChildren(element, keepsSpace || element.LocalName is "pre" or "textarea");
        _html.Append("</").Append(element.LocalName).Append('>');
    }

    private void AppendChildren(IElement element, bool keepsSpace)
    {
        var isRaw = element.LocalName is "script" or "style";
        var children = element.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            switch (children[index])
            {
                case IElement child:
                    Append(child, keepsSpace);
                    break;
                case IText text when isRaw:
                    _html.Append(text.Data);
                    break;
                case IText text when _isTidy && !keepsSpace && PythonWords.Trim(text.Data).IsEmpty:
                    _html.Append(text.Data.Contains('\n', StringComparison.Ordinal) ? '\n' : ' ');
                    break;
                case IText text:
                    AppendEscaped(text.Data, "&<>");
                    break;
            }
        }
    }

    private static bool IsVoid(string name) => name is "area" or "base" or "br" or "col" or "embed" or "hr" or "img"
        or "input" or "link" or "meta" or "source" or "track" or "wbr";

    private void AppendEscaped(ReadOnlySpan<char> text, ReadOnlySpan<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            _html.Append(text[..at]).Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => "&quot;",
            });
            text = text[(at + 1)..];
        }

        _html.Append(text);
    }
}
