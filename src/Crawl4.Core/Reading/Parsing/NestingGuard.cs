using System.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Goes over a page before it is parsed and leaves out tags that would nest beyond any page's need.
/// The HTML algorithm searches its stack of open elements at almost every tag and repeats open formatting in
/// every new paragraph, so that without a bound a page of a megabyte takes minutes and gigabytes. Only tags
/// are left out, never text. The depth is an estimate: <see cref="ParseWatch"/> sees what it is.</summary>
internal sealed class NestingGuard(int length)
{
    /// <summary>Open elements. Below the tree's own limit, so that text stays in source order.</summary>
    public const int MaxOpen = PageParser.MaxDepth - 12;

    /// <summary>Elements that only hold others open no more than so many, so that headings, links and lists within them
    /// find room.</summary>
    private const int MaxWrapped = MaxOpen - 64;

    /// <summary>Formatting elements open at once. Each is repeated in every paragraph that follows.</summary>
    public const int MaxOpenFormatting = 24;

    /// <summary>Characters of start tags that the largest page may have repeated by not closing its formatting, if they
    /// were all as short as <see cref="CharactersOfCopy"/>. How long they are is bounded in the tree.</summary>
    private const int MaxRepeated = 4_000_000;

    /// <summary>Characters that a repeated element counts: the shortest costs an object.</summary>
    private const int CharactersOfCopy = 20;

    /// <summary>Characters of a tag outside of quotes that count as one more copy: there may be attributes in them, each
    /// of which is copied as well. The text of a value is not.</summary>
    private const int UnquotedOfCopy = 16;

    /// <summary>Elements that say what links are relative to. The first one counts, and the parser goes
    /// through all of them at each.</summary>
    private const int MaxBases = 100;

    /// <summary>What stands in tables but outside of cells goes before the table, for which the parser goes through
    /// all that precedes it there. So many steps take about half a second; then tables end.</summary>
    public const long MaxMovedSteps = 50_000_000;

    /// <summary>Characters of a meta element that stands for a header. The parser's search for a charset in it takes
    /// time with the square of its length, and nothing that is read is so long.</summary>
    private const int MaxDirective = 2_000;

    private const string TableEnd = "</table>";

    /// <summary>Names that are not HTML's; further ones count as one.</summary>
    private const int MaxForeignNames = 1_000;

    private readonly int _repeatable = Repetition.Of(length, MaxRepeated) / CharactersOfCopy;
    private readonly OpenElements _open = new();
    private readonly List<int> _droppedOf = [.. new int[TagNesting.Count + 1]];
    private Dictionary<string, int>? _foreignIds;
    private readonly Dictionary<string, int> _endOf = new(StringComparer.Ordinal);
    private int _bases;
    private int _lastEnd;
    private int _tags;
    private long _movedSteps;

    /// <summary>How much had been repeated when formatting was ended.</summary>
    private long _repeatedAtEnd;

    /// <summary>True where a tag was left out for something else than depth.</summary>
    private bool _dropsMore;

    /// <summary>Up to here a drawing's raw text may be markup or not: end tags do not count.</summary>
    private int _unsureUntil;

    /// <summary>The page without the tags that go too far; the page itself where none does.</summary>
    public static string Limit(string html) => Limit(html, out _);

    /// <summary>The page without the tags that go too far; the page itself where none does.</summary>
    /// <param name="html">The page.</param>
    /// <param name="isOnlyDeep">True where tags were left out for their depth alone, which is an estimate.</param>
    public static string Limit(string html, out bool isOnlyDeep)
    {
        var guard = new NestingGuard(html.Length);
        var tags = new TagScanner(html);
        StringBuilder? kept = null;
        var copied = 0;
        var isInRawText = false;
        while (tags.Next())
        {
            var ended = guard.EndTables(html, ref tags);
            var formatting = isInRawText ? "" : guard.EndFormatting();
            var passes = guard.Passes(html, ref tags);
            isInRawText = tags.IsRawText;
            if (!passes || ended > 0 || formatting.Length > 0)
            {
                kept = (kept ?? new StringBuilder(html.Length)).Append(html, copied, tags.Start - copied);
                kept.Insert(kept.Length, TableEnd, ended).Append(formatting);
                _ = !passes && TagNesting.Of(tags.Name).PartsText ? kept.Append(' ') : kept;
                copied = passes ? tags.Start : tags.End;
            }
        }

        isOnlyDeep = kept is not null && !guard._dropsMore;
        return kept?.Append(html, copied, html.Length - copied).ToString() ?? html;
    }

    /// <summary>How many tables have to end before a tag.</summary>
    private int EndTables(string html, ref TagScanner tags)
    {
        _tags++;
        if (!_open.IsBetweenCells || _movedSteps > MaxMovedSteps)
        {
            return 0;
        }

        var moves = !html.AsSpan(_lastEnd, tags.Start - _lastEnd).Trim(HtmlSpace.Characters).IsEmpty;
        _movedSteps += (moves ? _tags : 0)
            + (tags.IsEndTag || TagNesting.Of(tags.Name).IsOfTable || tags.Name is "script" or "style" ? 0 : _tags);
        var ended = 0;
        while (_movedSteps > MaxMovedSteps && _open.IsBetweenCells && ended < MaxOpen)
        {
            _open.Close(TagNesting.Of("table"), TagNesting.Table);
            ended++;
            _dropsMore = true;
        }

        return ended;
    }

    /// <summary>End tags of what has been repeated too often, so that the blocks that follow stay without it.</summary>
    private string EndFormatting()
    {
        if (_open.Repeated <= Math.Max(_repeatable, _repeatedAtEnd))
        {
            return "";
        }

        var ends = _open.EndFormatting();
        _repeatedAtEnd = _open.Repeated;
        _dropsMore = true;
        return ends;
    }

    private bool Passes(string html, ref TagScanner tags)
    {
        var tag = TagNesting.Of(tags.Name);
        var hasText = tags.Start > _lastEnd;
        _lastEnd = tags.End;
        var isFlat = tag.Kind == NestingKind.Flat;
        if (tag.IsOfTable && _movedSteps > MaxMovedSteps)
        {
            return Drop();
        }

        if (isFlat && tags.Name is "meta" && tags.End - tags.Start > MaxDirective
            && html.AsSpan(tags.Start, tags.End - tags.Start).Contains("http-equiv", StringComparison.OrdinalIgnoreCase))
        {
            return Drop();
        }

        if (tag.IsOfTable && tag.Id != TagNesting.Table && !_open.TakesTableParts)
        {
            return true;
        }

        if (hasText || isFlat)
        {
            _open.Reopen();
        }

        if (isFlat && tags.Name is "base" && !tags.IsEndTag && ++_bases > MaxBases)
        {
            return Drop();
        }

        if (isFlat && (!_open.IsForeign || tags.Name is "br" or "embed" or "hr" or "img" or "meta" or "head" or "body"))
        {
            return true;
        }

        if (isFlat && !tags.IsEndTag && tags.IsRawText)
        {
            // In a drawing's own content this is no raw text, in HTML within a drawing it is. Text to the end of
            // the page would hold no elements.
            _unsureUntil = Math.Max(_unsureUntil, EndOf(tags.Name.ToString(), html, tags.End));
            tags.ReadsRawText();
        }

        var id = IdOf(tag, tags.Name);
        return tags.IsEndTag ? tags.Start < _unsureUntil || End(tag, id)
            : Start(tag, id, html, tags);
    }

    private bool Drop()
    {
        _dropsMore = true;
        return false;
    }

    /// <summary>Where the next end tag of a name is, -1 where there is none. Looked for once each.</summary>
    private int EndOf(string name, string html, int from)
    {
        if (!_endOf.TryGetValue(name, out var end) || (end >= 0 && end < from))
        {
            end = html.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
            _endOf[name] = end;
        }

        return end;
    }

    private bool Start(TagNesting tag, int id, string html, in TagScanner tags)
    {
        // A link's start tag ends the link around it, which may be to copy it.
        var repeats = tag.Ends == ImpliedEnd.Link && _open.CopiedAtEnd(id) is > 0 and var copied
            && _open.Repeated + copied > _repeatable;
        if (!repeats)
        {
            _open.CloseImplied(tag);
            repeats = tag.Kind == NestingKind.Formatting && _open.Formatting >= MaxOpenFormatting;
        }

        if (repeats || _open.Count >= (tag.IsWrapper ? MaxWrapped : MaxOpen))
        {
            _droppedOf[id]++;
            _dropsMore |= repeats;
            return false;
        }

        var isClosed = tags.IsSelfClosing && (tag.IsForeignRoot || (_open.IsForeign && !_open.IsHtmlInForeign
            && tag.Kind is NestingKind.Plain or NestingKind.Flat));
        if (!isClosed)
        {
            _open.Push(id, tag, html.AsSpan(tags.Start, tags.End - tags.Start), 1 + (tags.Unquoted / UnquotedOfCopy));
        }

        return true;
    }

    private bool End(TagNesting tag, int id)
    {
        if (_droppedOf[id] > 0)
        {
            _droppedOf[id]--;
            return false;
        }

        if (tag.Kind == NestingKind.Formatting && _open.CopiedAtEnd(id) is > 0 and var copied
            && _open.Repeated + copied > _repeatable)
        {
            return Drop();
        }

        _open.Close(tag, id);
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

        id = _droppedOf.Count;
        ids[name] = id;
        _droppedOf.Add(0);
        _open.Know(id);
        return id;
    }
}
