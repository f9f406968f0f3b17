using System.Text;
using AngleSharp.Dom;
using AngleSharp.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Stops a parse that becomes deeper or larger than <see cref="NestingGuard"/> took it for. The guard goes by
/// rules of its own, and a page can be written so that the parser sees tags that the guard does not; what the parser
/// has made cannot be hidden from it.</summary>
internal sealed class ParseWatch
{
    /// <summary>Every so many elements the tree is looked at, so that an honest page does not notice.</summary>
    private const int Period = 16;

    /// <summary>Elements at the tree's greatest depth. Below them the parser's stack grows without the tree.</summary>
    public const int MaxAtLimit = 512;

    /// <summary>Bytes that the parser may allocate for each character, and besides. The densest honest pages, of tags
    /// of one letter, take a third.</summary>
    public const int BytesPerCharacter = 400;

    public const long FreeBytes = 64_000_000;

    private readonly long _mostAllocated;
    private readonly int _maxAtLimit;
    private IElement? _last;
    private int _created;
    private int _atLimit;

    /// <param name="length">The length of the page that is parsed.</param>
    /// <param name="maxAtLimit">Elements that may stand at the greatest depth.</param>
    public ParseWatch(int length, int maxAtLimit)
    {
        _maxAtLimit = maxAtLimit;
        _mostAllocated = GC.GetAllocatedBytesForCurrentThread() + FreeBytes + ((long)BytesPerCharacter * length);
    }

    /// <summary>Where the parse was stopped: behind the tag of its last element.</summary>
    public int StoppedAt { get; private set; } = -1;

    /// <summary>Told of each element before it is put into the tree.</summary>
    /// <exception cref="ParseStoppedException">The parse has gone too far.</exception>
    public void OnCreated(IElement element, TextPosition position)
    {
        if (++_created % Period == 0 && _last is not null)
        {
            _atLimit += Depth(_last) >= PageParser.MaxDepth ? Period : 0;
        }

        _last = element;
        if (_created % Period == 0 && (_atLimit > _maxAtLimit || GC.GetAllocatedBytesForCurrentThread() > _mostAllocated))
        {
            StoppedAt = element.Owner!.Source.Index;
            throw new ParseStoppedException();
        }
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
