using System.Xml;
using System.Xml.XPath;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>An XPath 1.0 expression, evaluated by the framework's own engine.</summary>
internal sealed class XPathSelection : ISelection
{
    private readonly XPathExpression _expression;

    private XPathSelection(XPathExpression expression) => _expression = expression;

    /// <exception cref="XPathException">It is not XPath.</exception>
    public static XPathSelection Compile(string expression)
    {
        var compiled = XPathExpression.Compile(expression);

        // Numbers and truth become text as XPath writes them.
        var selection = compiled.ReturnType is XPathResultType.NodeSet or XPathResultType.Any
            ? compiled : XPathExpression.Compile($"string({expression})");

        // Prefixes, variables and functions that there are not are found now, not on the first page.
        selection.SetContext(new XmlNamespaceManager(new NameTable()));
        return new XPathSelection(selection);
    }

    public IEnumerable<Selected> Find(INode scope, ExtractionPage page)
    {
        var from = new PageNavigator(page, page.Order.Number(scope));
        var result = from.Evaluate(_expression);
        if (result is string text)
        {
            yield return new Selected(null, text);
            yield break;
        }

        var nodes = (XPathNodeIterator)result;
        while (nodes.MoveNext())
        {
            var found = (PageNavigator)nodes.Current!;
            yield return found.Element is { } element ? Selected.Of(element) : new Selected(null, found.Value);
        }
    }
}
