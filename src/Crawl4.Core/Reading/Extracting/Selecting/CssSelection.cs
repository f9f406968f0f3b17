using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>A CSS selector. It looks within an element, and its parts may match what is around that.</summary>
internal sealed class CssSelection : ISelection
{
    private readonly ISelector _selector;
    private readonly bool _includesScope;

    private CssSelection(ISelector selector, bool includesScope)
    {
        _selector = selector;
        _includesScope = includesScope;
    }

    /// <summary>Null where it is not CSS.</summary>
    public static CssSelection? TryCompile(string selector, bool includesScope = false)
    {
        var text = selector.Trim();
        if (text.StartsWith('>') || text.StartsWith('+') || text.StartsWith('~'))
        {
            text = ":scope " + text;
        }

        text = TableRows.InBody(text);

        try
        {
            // The parser takes a colon without a name for nothing, so that "p::" would be "p".
            return !text.EndsWith(':') && new CssSelectorParser().ParseSelector(text) is { } parsed
                ? new CssSelection(parsed, includesScope) : null;
        }
        catch (DomException)
        {
            return null;
        }
    }

    public bool Matches(IElement element) => _selector.Match(element, null);

    public IEnumerable<Selected> Find(INode scope, ExtractionPage page)
    {
        var root = scope as IElement;
        if (_includesScope && root is not null && _selector.Match(root, root))
        {
            yield return Selected.Of(root);
        }

        var open = new Stack<(INodeList Children, int Next)>();
        open.Push((scope.ChildNodes, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Children.Length)
            {
                continue;
            }

            open.Push((level.Children, level.Next + 1));
            if (level.Children[level.Next] is not IElement element)
            {
                continue;
            }

            page.Step();
            if (_selector.Match(element, root))
            {
                yield return Selected.Of(element);
            }

            open.Push((element.ChildNodes, 0));
        }
    }
}
