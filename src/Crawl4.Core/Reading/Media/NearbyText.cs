using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Media;

/// <summary>Describes an element by the text of its nearest ancestor that has any. Every ancestor is looked
/// at once for all images together, and only for a bounded stretch: a gallery of a thousand images in one
/// element is not to hold the gallery's text a thousand times.</summary>
internal sealed class NearbyText
{
    /// <summary>Characters of a description: a caption and a few sentences.</summary>
    public const int MaxLength = 500;

    /// <summary>Ancestors to climb. Text further off describes something else.</summary>
    private const int MaxClimb = 16;

    /// <summary>Nodes to visit in one ancestor in search of text.</summary>
    private const int MaxNodes = 2_000;

    private readonly Dictionary<INode, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(INode Node, int Index)> _stack = new();
    private readonly StringBuilder _text = new();

    public string Of(IElement element)
    {
        var ancestor = element.Parent;
        for (var climbed = 0; climbed < MaxClimb && ancestor is IElement; climbed++,
            ancestor = ancestor.Parent)
        {
            if (!_known.TryGetValue(ancestor, out var text))
            {
                text = Gather(ancestor);
                _known[ancestor] = text;
            }

            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private string Gather(INode root)
    {
        _text.Clear();
        _stack.Clear();
        _stack.Push((root, 0));
        for (var visited = 0; visited < MaxNodes && _text.Length < MaxLength && _stack.Count > 0; visited++)
        {
            var (node, index) = _stack.Pop();
            if (index >= node.ChildNodes.Length)
            {
                continue;
            }

            _stack.Push((node, index + 1));
            switch (node.ChildNodes[index])
            {
                case IText text:
                    HtmlSpace.AppendFolded(_text, text.Data, MaxLength);
                    break;
                case IElement element when TagRoles.Of(element) != TagRole.Hidden:
                    _stack.Push((element, 0));
                    break;
            }
        }

        return _text.ToString().TrimEnd(' ');
    }
}
