using System.Xml.XPath;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>Compiles the selectors of a schema.</summary>
internal static class Selections
{
    /// <exception cref="Crawl4Exception">It is not a selector of this kind.</exception>
    public static ISelection Compile(string selector, SchemaKind kind, string path, bool isBase) => kind switch
    {
        SchemaKind.XPath => XPath(selector.Trim(), path, isBase),
        _ => CssSelection.TryCompile(selector, includesScope: !isBase && kind == SchemaKind.Lxml)
            ?? throw SchemaFailure.At(
                path, $"'{selector}' is not a CSS selector", "Give a CSS selector, such as 'div.item > a'."),
    };

    private static ISelection XPath(string selector, string path, bool isBase)
    {
        if (!selector.Contains('/') && CssSelection.TryCompile(selector) is { } css)
        {
            return css;
        }

        try
        {
            return XPathSelection.Compile(TableRows.InBodyByXPath(Within(selector, isBase)));
        }
        catch (XPathException cause)
        {
            throw SchemaFailure.At(
                path, $"'{selector}' is not an XPath expression: {cause.Message}",
                "Give an XPath 1.0 expression, such as './/span[@class=\"price\"]'.", cause);
        }
    }

    /// <summary>A field looks within its item, also where its path begins at the page's root. A step alone is looked
    /// for at any depth.</summary>
    private static string Within(string selector, bool isBase)
    {
        if (selector.StartsWith('/'))
        {
            return isBase ? selector : "." + selector;
        }

        var name = selector.AsSpan().IndexOfAny("[/:(|");
        var isStep = selector.Length > 0 && (char.IsAsciiLetter(selector[0]) || selector[0] == '*')
            && !selector.Contains('/') && (name < 0 || selector[name] == '[');
        return isStep ? ".//" + selector : selector;
    }
}
