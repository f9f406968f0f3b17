using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>The elements and texts of a page, numbered in document order, with the numbers of their neighbours. The
/// tree itself finds a node's sibling only by going over all of them.</summary>
internal sealed class DocumentOrder
{
    /// <summary>In place of a neighbour that is not there.</summary>
    public const int None = -1;

    private readonly List<Place> _places = [];
    private readonly Dictionary<INode, int> _numbers = new(ReferenceEqualityComparer.Instance);

    public DocumentOrder(IDocument document) => Add(document, None, None);

    public INode Node(int number) => _places[number].Node;

    public int Number(INode node) => _numbers[node];

    public int Parent(int number) => _places[number].Parent;

    public int Next(int number) => _places[number].Next;

    public int Previous(int number) => _places[number].Previous;

    /// <summary>The first child follows its parent at once.</summary>
    public int FirstChild(int number) =>
        number + 1 < _places.Count && _places[number + 1].Parent == number ? number + 1 : None;

    private int Add(INode node, int parent, int previous)
    {
        var number = _places.Count;
        _places.Add(new Place(node, parent, previous, None));
        _numbers.Add(node, number);
        var last = None;
        var children = node.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is not (IElement or IText))
            {
                continue;
            }

            var child = Add(children[index], number, last);
            if (last != None)
            {
                _places[last] = _places[last] with { Next = child };
            }

            last = child;
        }

        return number;
    }

    private readonly record struct Place(INode Node, int Parent, int Previous, int Next);
}
