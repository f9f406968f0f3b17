using AngleSharp.Dom;
using Crawl4.Core.Reading.Extracting.Selecting;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>A field's source: a following sibling of the item's element, written <c>+ tag.class</c>.</summary>
internal sealed class SiblingSource
{
    private readonly CssSelection _selection;

    private SiblingSource(CssSelection selection) => _selection = selection;

    /// <exception cref="Crawl4Exception">It is no source.</exception>
    public static SiblingSource Compile(string source, string path)
    {
        var text = source.Trim();
        var selection = text.StartsWith('+') && text.Length > 1 ? CssSelection.TryCompile(text[1..]) : null;
        return selection is null
            ? throw SchemaFailure.At(
                path, $"'{source}' is no source", "Give a plus sign and what the sibling is, such as '+ tr.details'.")
            : new SiblingSource(selection);
    }

    /// <summary>The first following sibling that matches; null where none does.</summary>
    public IElement? Find(IElement element, ExtractionPage page)
    {
        var order = page.Order;
        for (var number = order.Next(order.Number(element)); number != DocumentOrder.None; number = order.Next(number))
        {
            page.Step();
            if (order.Node(number) is IElement sibling && _selection.Matches(sibling))
            {
                return sibling;
            }
        }

        return null;
    }
}
