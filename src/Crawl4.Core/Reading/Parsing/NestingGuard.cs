using System.Runtime.InteropServices;
using System.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Goes over a page before it is parsed and leaves out tags that would nest beyond any page's need.
/// The HTML algorithm searches its stack of open elements at almost every tag and repeats open formatting in
/// every new paragraph, so that without a bound a page of a megabyte takes minutes and gigabytes. Only tags
/// are left out, never text. The depth is an estimate: implied end tags are followed as far as flat pages
/// need it.</summary>
internal sealed class NestingGuard
{
    /// <summary>Open elements. Below the tree's own limit, so that text stays in source order.</summary>
    public const int MaxOpen = PageParser.MaxDepth - 12;

    /// <summary>Elements that only hold others open no more than so many, so that headings, links and lists within them
    /// find room.</summary>
    private const int MaxWrapped = MaxOpen - 64;

    /// <summary>Formatting elements open at once. Each is repeated in every paragraph that follows.</summary>
    public const int MaxOpenFormatting = 24;

    /// <summary>Formatting elements that a page may have repeated by not closing them.</summary>
    public const int MaxRepeatedFormatting = 200_000;

    /// <summary>Names that are not HTML's; further ones count as one.</summary>
    private const int MaxForeignNames = 1_000;

    private readonly List<OpenTag> _open = new(64);
    private readonly List<OpenTag> _reopened = [];
    private readonly List<int> _openOf = [.. new int[TagNesting.Count + 1]];
    private readonly List<int> _droppedOf = [.. new int[TagNesting.Count + 1]];
    private Dictionary<string, int>? _foreignIds;
    private int _openFormatting;
    private int _repeated;

    /// <summary>The page without the tags that go too far; the page itself where none does.</summary>
    public static string Limit(string html)
    {
        var guard = new NestingGuard();
        var tags = new TagScanner(html);
        StringBuilder? kept = null;
        var copied = 0;
        while (tags.Next())
        {
            var passes = tags.IsEndTag ? guard.End(tags.Name) : guard.Start(tags.Name, tags.IsSelfClosing);
            if (!passes)
            {
                kept = (kept ?? new StringBuilder(html.Length)).Append(html, copied, tags.Start - copied);
                _ = TagNesting.Of(tags.Name).PartsText ? kept.Append(' ') : kept;
                copied = tags.End;
            }
        }

        return kept?.Append(html, copied, html.Length - copied).ToString() ?? html;
    }

    private bool Start(ReadOnlySpan<char> name, bool selfClosing)
    {
        var tag = TagNesting.Of(name);
        if (tag.Kind == NestingKind.Flat)
        {
            return true;
        }

        var id = IdOf(tag, name);
        CloseImplied(tag);
        var formatting = tag.Kind == NestingKind.Formatting;
        if (_open.Count >= (tag.IsWrapper ? MaxWrapped : MaxOpen) || _repeated > MaxRepeatedFormatting
            || (formatting && _openFormatting >= MaxOpenFormatting))
        {
            _droppedOf[id]++;
            return false;
        }

        if (!selfClosing || id < TagNesting.Count)
        {
            Push(new OpenTag(id, tag.Kind, tag.IsListScope));
        }

        return true;
    }

    private bool End(ReadOnlySpan<char> name)
    {
        var tag = TagNesting.Of(name);
        if (tag.Kind == NestingKind.Flat)
        {
            return true;
        }

        var id = IdOf(tag, name);
        if (_droppedOf[id] > 0)
        {
            _droppedOf[id]--;
            return false;
        }

        if (_openOf[id] > 0)
        {
            CloseTo(id, tag.Kind);
        }

        return true;
    }

    private int IdOf(TagNesting tag, ReadOnlySpan<char> name)
    {
        if (tag.Id >= 0)
        {
            return tag.Id;
        }

        var ids = (_foreignIds ??= new Dictionary<string, int>(StringComparer.Ordinal))
            .GetAlternateLookup<ReadOnlySpan<char>>();
        if (ids.TryGetValue(name, out var id))
        {
            return id;
        }

        if (ids.Dictionary.Count >= MaxForeignNames)
        {
            return TagNesting.Count;
        }

        id = _openOf.Count;
        ids[name] = id;
        _openOf.Add(0);
        _droppedOf.Add(0);
        return id;
    }

    /// <summary>Start tags end open elements, such as a paragraph another paragraph. What was open within
    /// them and is formatting, the parser opens again.</summary>
    private void CloseImplied(TagNesting tag)
    {
        if (tag.Closes.Length == 0 || !Array.Exists(tag.Closes, id => _openOf[id] > 0))
        {
            return;
        }

        var last = -1;
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (Array.IndexOf(tag.Closes, open.Id) >= 0)
            {
                last = index;
            }
            else if (tag.Kind == NestingKind.Boundary
                ? open.Id == TagNesting.Table
                : open.Kind == NestingKind.Boundary || (tag.StopsAtLists && open.IsListScope))
            {
                break;
            }
        }

        if (last >= 0)
        {
            CloseFrom(last, reopen: tag.Kind != NestingKind.Boundary);
        }
    }

    private void CloseTo(int id, NestingKind kind)
    {
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            if (_open[index].Id == id)
            {
                CloseFrom(index, reopen: kind != NestingKind.Boundary);
                return;
            }

            if (kind != NestingKind.Boundary && _open[index].Kind == NestingKind.Boundary)
            {
                return;
            }
        }
    }

    private void CloseFrom(int from, bool reopen)
    {
        _reopened.Clear();
        for (var index = from; index < _open.Count; index++)
        {
            var open = _open[index];
            _openOf[open.Id]--;
            if (open.Kind == NestingKind.Formatting)
            {
                _openFormatting--;
                if (reopen && index > from)
                {
                    _reopened.Add(open);
                }
            }
        }

        CollectionsMarshal.SetCount(_open, from);
        _repeated += _reopened.Count;
        _reopened.ForEach(Push);
    }

    private void Push(OpenTag tag)
    {
        _open.Add(tag);
        _openOf[tag.Id]++;
        _openFormatting += tag.Kind == NestingKind.Formatting ? 1 : 0;
    }

    private readonly record struct OpenTag(int Id, NestingKind Kind, bool IsListScope);
}
