using System.Runtime.InteropServices;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>The elements of cleaned HTML in document order, measured while it is written, so that pruning
/// needs no walk of its own. Lengths leave out what pruning removes whatever its score.</summary>
internal sealed class CleanedTree
{
    private readonly List<CleanedElement> _elements = [];
    private readonly Stack<(int Index, int OuterStart)> _open = new();

    public ReadOnlySpan<CleanedElement> Elements => CollectionsMarshal.AsSpan(_elements);

    public void Open(IElement element, int outerStart, int innerStart)
    {
        _open.Push((_elements.Count, outerStart));
        _elements.Add(new CleanedElement { Element = element, HtmlLength = -innerStart });
    }

    /// <summary>Counts text of the element that is open.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim(HtmlSpace.Characters);
        if (!trimmed.IsEmpty && _open.TryPeek(out var open))
        {
            ref var element = ref CollectionsMarshal.AsSpan(_elements)[open.Index];
            element.TextLength += trimmed.Length;
            element.Words += HtmlSpace.CountWords(trimmed);
            element.HasOwnText = true;
        }
    }

    public void Close(int innerEnd, int outerEnd)
    {
        var elements = CollectionsMarshal.AsSpan(_elements);
        var (index, outerStart) = _open.Pop();
        ref var closed = ref elements[index];
        closed.HtmlLength += innerEnd - closed.RemovedLength;
        closed.End = _elements.Count;
        if (!_open.TryPeek(out var around))
        {
            return;
        }

        ref var parent = ref elements[around.Index];
        if (PruningRules.IsUnwanted(closed.Element))
        {
            parent.RemovedLength += outerEnd - outerStart;
            return;
        }

        parent.RemovedLength += closed.RemovedLength;

        parent.TextLength += closed.TextLength;
        parent.Words += closed.Words;
        if (closed.Element.LocalName == "a")
        {
            parent.LinkTextLength += closed.TextLength;
        }
    }
}

/// <summary>An element of cleaned HTML and its measures.</summary>
internal record struct CleanedElement
{
    public IElement Element { get; set; }

    /// <summary>The index after its last descendant.</summary>
    public int End { get; set; }

    /// <summary>Characters of the HTML within it.</summary>
    public int HtmlLength { get; set; }

    /// <summary>Characters of the HTML within it that do not count.</summary>
    public int RemovedLength { get; set; }

    /// <summary>Characters of the text within it, without the white space around each piece.</summary>
    public int TextLength { get; set; }

    /// <summary>Characters of the text of links that are its children.</summary>
    public int LinkTextLength { get; set; }

    public int Words { get; set; }

    /// <summary>True where there is text directly in it.</summary>
    public bool HasOwnText { get; set; }
}
