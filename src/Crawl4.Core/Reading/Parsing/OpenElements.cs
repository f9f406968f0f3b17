using System.Runtime.InteropServices;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>The parser's stack of open elements, as far as the tags alone tell. Where they leave it open whether
/// an element was closed, it was not.</summary>
internal sealed partial class OpenElements
{
    private readonly List<OpenTag> _open = new(64);
    private readonly List<OpenTag> _waiting = [];
    private readonly List<OpenTag> _reopened = [];
    private readonly List<int> _openOf = [.. new int[TagNesting.Count + 1]];

    /// <summary>What waits from before this one is of an outer cell, and is not opened within.</summary>
    private int _mark;

    public int Count => _open.Count;

    /// <summary>True where parts of a table mean something. Elsewhere the parser leaves them out.</summary>
    public bool TakesTableParts => _openOf[TagNesting.Table] + _openOf[TagNesting.Template] > 0;

    /// <summary>Formatting elements that are open, or will be with the next text.</summary>
    public int Formatting { get; private set; }

    /// <summary>Elements that the parser has repeated.</summary>
    public long Repeated { get; private set; }

    /// <summary>True within a drawing or formula.</summary>
    public bool IsForeign => _openOf[TagNesting.Drawing] + _openOf[TagNesting.Formula] > 0;

    /// <summary>True where HTML may stand within a drawing or formula.</summary>
    public bool IsHtmlInForeign { get; private set; }

    /// <summary>True right within a table or its rows: what is no part of a table is put before it.</summary>
    public bool IsBetweenCells => _open.Count > 0 && _open[^1].Tag.IsOfTable && !_open[^1].Tag.IsCell;

    /// <summary>Makes room for one more name.</summary>
    public void Know(int id)
    {
        while (_openOf.Count <= id)
        {
            _openOf.Add(0);
        }
    }

    /// <param name="id">Which element it is.</param>
    /// <param name="tag">What is known of it.</param>
    /// <param name="text">The start tag.</param>
    /// <param name="weight">As how many elements it counts where it is repeated.</param>
    public void Push(int id, TagNesting tag, ReadOnlySpan<char> text, int weight)
    {
        if (tag.Kind is NestingKind.Formatting or NestingKind.Plain)
        {
            Reopen();
        }

        var same = tag.Kind == NestingKind.Formatting ? SameAs(text) : 0;
        if (same != 0 && _openOf[id] >= MaxSame)
        {
            Forget(same);
        }

        // A drawing's title is a boundary, HTML's is not there; a drawing's desc is one, HTML knows none.
        var kind = tag.Kind == NestingKind.Flat ? NestingKind.Boundary
            : tag.IsForeignHolder && !IsForeign ? NestingKind.Plain : tag.Kind;
        Push(new OpenTag(id, kind, tag, weight, IsForeign, _mark, _waiting.Count, same));
        _mark = tag.IsMarker ? _waiting.Count : _mark;
    }

    /// <summary>Closes what a start tag ends.</summary>
    public void CloseImplied(TagNesting tag)
    {
        switch (tag.Ends)
        {
            case ImpliedEnd.Paragraph:
                CloseParagraph();
                break;
            case ImpliedEnd.Heading:
                CloseParagraph();
                if (_open.Count > 0 && _open[^1].Id == TagNesting.Heading)
                {
                    CloseFrom(_open.Count - 1);
                }

                break;
            case ImpliedEnd.Item:
                CloseItem(tag);
                CloseParagraph();
                break;
            case ImpliedEnd.TablePart:
                CloseTableParts(tag);
                break;
            case ImpliedEnd.Same:
                CloseWithin(tag.Closes[0], paragraphScope: false);
                break;
            case ImpliedEnd.Link:
                CloseFormatting(TagNesting.Link);
                break;
            case ImpliedEnd.Choice:
                CloseChoices(tag);
                break;
            case ImpliedEnd.Annotation when IsInScope(TagNesting.Ruby):
                CloseAround(tag);
                break;
        }
    }

    /// <summary>Closes what an end tag ends.</summary>
    public void Close(TagNesting tag, int id)
    {
        if (tag.Kind == NestingKind.Formatting)
        {
            CloseFormatting(id);
        }
        else if (_openOf[id] == 0)
        {
            return;
        }
        else if (tag.Kind == NestingKind.Special)
        {
            CloseWithin(id, paragraphScope: id == TagNesting.Paragraph, listScope: tag.IsItem);
        }
        else
        {
            CloseOther(tag, id);
        }
    }

    private void CloseOther(TagNesting tag, int id)
    {
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (open.Id == id)
            {
                CloseFrom(index);
                return;
            }

            var stops = tag.IsOfTable ? open.Id == TagNesting.Table || open.Id == TagNesting.Template
                : tag.Kind == NestingKind.Boundary ? id != TagNesting.Template && open.Kind == NestingKind.Boundary
                : open.Kind is NestingKind.Special or NestingKind.Boundary && !(tag.IsForeignRoot && open.IsForeign);
            if (stops)
            {
                return;
            }
        }
    }

    private void CloseParagraph() => CloseWithin(TagNesting.Paragraph, paragraphScope: true);

    /// <summary>Closes the innermost element of a name with all in it, unless a boundary is between.</summary>
    private void CloseWithin(int id, bool paragraphScope, bool listScope = false)
    {
        if (_openOf[id] == 0)
        {
            return;
        }

        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (open.Id == id)
            {
                CloseFrom(index);
                return;
            }

            if (open.Kind == NestingKind.Boundary || (paragraphScope && open.Id == TagNesting.Button)
                || (listScope && open.Tag.IsList))
            {
                return;
            }
        }
    }

    private void CloseItem(TagNesting tag)
    {
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (Array.IndexOf(tag.Closes, open.Id) >= 0)
            {
                CloseFrom(index);
                return;
            }

            if (open.Kind is NestingKind.Special or NestingKind.Boundary && !open.Tag.IsThin)
            {
                return;
            }
        }
    }

    private void CloseTableParts(TagNesting tag)
    {
        var last = -1;
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            var open = _open[index];
            if (open.Id == TagNesting.Table || open.Id == TagNesting.Template)
            {
                break;
            }

            last = Array.IndexOf(tag.Closes, open.Id) >= 0 ? index : last;
        }

        if (last >= 0)
        {
            CloseFrom(last);
        }
    }

    private void CloseChoices(TagNesting tag)
    {
        if (_openOf[TagNesting.Select] > 0)
        {
            foreach (var id in tag.Closes)
            {
                CloseWithin(id, paragraphScope: false);
            }
        }

        CloseAround(tag);
    }

    private void CloseAround(TagNesting tag)
    {
        while (_open.Count > 0 && Array.IndexOf(tag.Closes, _open[^1].Id) >= 0)
        {
            CloseFrom(_open.Count - 1);
        }
    }

    private bool IsInScope(int id)
    {
        if (_openOf[id] == 0)
        {
            return false;
        }

        var index = _open.FindLastIndex(open => open.Id == id || open.Kind == NestingKind.Boundary);
        return index >= 0 && _open[index].Id == id;
    }

    private void CloseFrom(int from)
    {
        _reopened.Clear();
        var marker = -1;
        for (var index = from; index < _open.Count; index++)
        {
            var open = _open[index];
            _openOf[open.Id]--;
            marker = marker < 0 && open.Tag.IsMarker ? index : marker;
            if (open.IsRemembered)
            {
                Formatting--;
                if (marker < 0 && index > from)
                {
                    _reopened.Add(open);
                }
            }
        }

        if (marker >= 0)
        {
            Formatting -= _waiting.Count - _open[marker].InnerMark;
            CollectionsMarshal.SetCount(_waiting, _open[marker].InnerMark);
            _mark = _open[marker].OuterMark;
        }

        CollectionsMarshal.SetCount(_open, from);
        IsHtmlInForeign = IsHtmlInForeign && IsForeign
            && _open.Exists(open => open.IsForeign && open.Kind == NestingKind.Boundary);
        _waiting.InsertRange(_mark, _reopened);
        Formatting += _reopened.Count;
    }

    /// <summary>Never 0, which stands for what is not opened again.</summary>
    private static int SameAs(ReadOnlySpan<char> text) => (int)XxHash64.Compute(MemoryMarshal.AsBytes(text)) | 1;

    private void Push(in OpenTag tag)
    {
        _open.Add(tag);
        _openOf[tag.Id]++;
        Formatting += tag.IsRemembered ? 1 : 0;
        IsHtmlInForeign |= tag.IsForeign && tag.Kind == NestingKind.Boundary;
    }

    private readonly record struct OpenTag(
        int Id, NestingKind Kind, TagNesting Tag, int Weight, bool IsForeign, int OuterMark, int InnerMark, int Same)
    {
        /// <summary>True for formatting that is opened again.</summary>
        public bool IsRemembered => Same != 0;
    }
}
