using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Stops a parse that becomes deeper than <see cref="NestingGuard"/> took it for, or repeats more. The guard goes by
/// rules of its own, and a page can be written so that the parser sees tags that the guard does not; what the parser
/// has made cannot be hidden from it.</summary>
internal sealed class ParseWatch
{
    /// <summary>Every so many elements the tree is looked at, so that an honest page does not notice.</summary>
    private const int Period = 16;

    /// <summary>Elements at the tree's greatest depth. Below them the parser's stack grows without the tree.</summary>
    public const int MaxAtLimit = 512;

    /// <summary>Open elements that the parser may go through in all: at many tags it searches all that are open. So many take
    /// about a second.</summary>
    private const long FreeSteps = 20_000_000;

    /// <summary>Further ones for each character of the page. Real pages need less than one.</summary>
    private const int StepsPerCharacter = 4;

    /// <summary>Elements that the parser may make besides those that the page has: formatting that is opened again.
    /// More than the guard lets pass. One with many attributes counts as several.</summary>
    public const int FreeCopies = 20_000;

    /// <summary>Further ones for each character of the page.</summary>
    private const int CopiesPerCharacter = 1;

    /// <summary>Attributes that count as one more copy.</summary>
    private const int AttributesOfCopy = 8;

    private readonly long _maxCopies;
    private readonly long _maxSteps;
    private readonly int _maxAtLimit;
    private readonly CancellationToken _cancellationToken;
    private IElement? _last;
    private int _created;
    private int _atLimit;
    private long _copies;
    private long _movedSteps;
    private long _steps;

    /// <param name="length">The length of the page that is parsed.</param>
    /// <param name="maxAtLimit">Elements that may stand at the greatest depth.</param>
    /// <param name="cancellationToken">Ends the parse.</param>
    public ParseWatch(int length, int maxAtLimit, CancellationToken cancellationToken)
    {
        _maxAtLimit = maxAtLimit;
        _cancellationToken = cancellationToken;
        _maxSteps = FreeSteps + ((long)StepsPerCharacter * length);
        _maxCopies = FreeCopies + ((long)CopiesPerCharacter * length);
    }

    /// <summary>Where the parse was stopped: behind the tag of its last element.</summary>
    public int StoppedAt { get; private set; } = -1;

    /// <summary>Told of each element before it is put into the tree.</summary>
    /// <exception cref="ParseStoppedException">The parse has gone too far.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void OnCreated(IElement element, TextPosition position)
    {
        if (_last is not null)
        {
            _copies += CopiesSince(_last);
            _movedSteps += StepsTo(_last);
            if (++_created % Period == 0)
            {
                LookAtDepth(_last);
            }
        }

        _last = element;
        if (_atLimit > _maxAtLimit || _copies > _maxCopies || _steps > _maxSteps || _movedSteps > NestingGuard.MaxMovedSteps)
        {
            StoppedAt = element.Owner!.Source.Index;
            throw new ParseStoppedException();
        }
    }

    private void LookAtDepth(IElement element)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var depth = Depth(element);
        _steps += Period * depth;
        _atLimit += depth >= PageParser.MaxDepth ? Period : 0;
    }

    /// <summary>The page with all tags up to a place, and its text alone from there on.</summary>
    public static string WithoutTagsFrom(string html, int from)
    {
        var kept = new StringBuilder(html.Length).Append(html, 0, from);
        var rest = html[from..];
        var tags = new TagScanner(rest);
        var copied = 0;
        var isHidden = false;

        // What could be raw text that the tag before the place began ends.
        kept.Append("</style></script></title></textarea></xmp></iframe></noembed></noframes>");
        while (tags.Next())
        {
            AppendText(kept, isHidden ? [] : rest.AsSpan(copied, tags.Start - copied));
            isHidden = tags.IsRawText && tags.Name is "script" or "style" or "iframe";
            copied = tags.End;
        }

        AppendText(kept, isHidden ? [] : rest.AsSpan(copied));
        return kept.ToString();
    }

    private static void AppendText(StringBuilder kept, ReadOnlySpan<char> text)
    {
        // Comments stay what they are; nothing becomes a tag.
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<'))
        {
            var isTag = at + 1 >= text.Length || text[at + 1] == '/' || char.IsAsciiLetter(text[at + 1]);
            kept.Append(text[..at]).Append(isTag ? "&lt;" : "<");
            text = text[(at + 1)..];
        }

        kept.Append(text).Append(' ');
    }

    /// <summary>Elements that the parser has made since it told of one, in it and behind it.</summary>
    private static int CopiesSince(IElement element)
    {
        var copies = ElementsAtEnd(element);
        return element.Parent?.LastChild is IElement last && last != element
            ? copies + Weight(last) + ElementsAtEnd(last) : copies;
    }

    /// <summary>What stands in a table outside of its cells is put before it, for which the parser goes through all that
    /// is there.</summary>
    private static int StepsTo(IElement element) =>
        element.Parent is { LastChild: IHtmlTableElement table } parent && table != element ? parent.ChildNodes.Length : 0;

    private static int ElementsAtEnd(INode node)
    {
        var count = 0;
        for (var last = node.LastChild; last is IElement element; last = last.LastChild)
        {
            count += Weight(element);
        }

        return count;
    }

    private static int Weight(IElement element) => 1 + (element.Attributes.Length / AttributesOfCopy);

    private static int Depth(IElement element)
    {
        var depth = 1;
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            depth++;
        }

        return depth;
    }
}
