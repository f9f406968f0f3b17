using System.Buffers;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Collects what runs within one line or paragraph, with white space folded as HTML folds it and put
/// outside of emphasis and links, where Markdown wants it.</summary>
/// <param name="sourceLength">The length of the page's HTML.</param>
internal sealed class InlineRun(int sourceLength)
{
    /// <summary>Characters of links that the largest page may have repeated, one for each further block that a link is
    /// around.</summary>
    private const int MaxRepeatedLinks = 2_000_000;

    private readonly int _repeatableLinks = Repetition.Of(sourceLength, MaxRepeatedLinks);

    private readonly ArrayBufferWriter<char> _text = new(1024);
    private readonly List<InlineToken> _tokens = [];
    private readonly List<InlineToken> _open = [];
    private int _repeatedLinks;
    private bool _space;
    private bool _hasContent;

    /// <summary>The last link that was closed with something in it.</summary>
    private int _writtenLink = -1;

    /// <summary>True where the last word belongs to the code element that is being read.</summary>
    private bool _codeGoesOn;

    /// <summary>True where nothing but opened emphasis and links was collected.</summary>
    public bool IsEmpty => !_hasContent;

    public List<InlineToken> Tokens => _tokens;

    public bool EndsWithBreak => _tokens.Count > 0 && _tokens[^1].Kind == InlineKind.Break;

    public ReadOnlySpan<char> CharactersOf(in InlineToken token) =>
        _text.WrittenSpan.Slice(token.Start, token.Length);

    public void Text(ReadOnlySpan<char> data, bool code)
    {
        while (!data.IsEmpty)
        {
            var start = data.IndexOfAnyExcept(HtmlSpace.Foldable);
            if (start != 0)
            {
                _space = true;
            }

            if (start < 0)
            {
                return;
            }

            data = data[start..];
            var end = data.IndexOfAny(HtmlSpace.Foldable);
            Word(end < 0 ? data : data[..end], code ? InlineKind.Code : InlineKind.Text);
            data = end < 0 ? [] : data[end..];
        }
    }

    /// <summary>Begins emphasis. Within the same emphasis it changes nothing, but is to be closed as well.
    /// </summary>
    public void Open(InlineStyle style)
    {
        var again = _open.Exists(open => open.Kind == InlineKind.Open && open.Style == style);
        Begin(new InlineToken(again ? InlineKind.None : InlineKind.Open, 0, 0, style, 0));
    }

    public void Close() => End(keepEmpty: false);

    /// <summary>Begins a link. Markdown has no links within links: the outer one stays.</summary>
    public void OpenLink(int target)
    {
        var within = _open.Exists(open => open.Kind == InlineKind.LinkOpen);
        Begin(new InlineToken(within ? InlineKind.None : InlineKind.LinkOpen, 0, 0, default, target));
    }

    /// <summary>Ends a link. Without anything in it, it stays, unless an earlier line had a part of
    /// it.</summary>
    public void CloseLink() => End(keepEmpty: _open[^1].Target != _writtenLink);

    public void Image(int target)
    {
        LeadingSpace();
        _hasContent = true;
        _tokens.Add(new InlineToken(InlineKind.Image, 0, 0, default, target));
    }

    /// <summary>A line break. Before anything else it means nothing.</summary>
    public void Break()
    {
        _space = false;
        if (_hasContent)
        {
            _tokens.Add(new InlineToken(InlineKind.Break, 0, 0, default, 0));
        }
    }

    public void Space() => _space = true;

    /// <summary>Marks where a code element begins or ends: space beyond it is none of its own.</summary>
    public void CodeBoundary() => _codeGoesOn = false;

    public void ForgetSpace() => _space = false;

    /// <summary>Closes what is open, so that the line can be written; <see cref="Restart"/> opens it again.
    /// </summary>
    public void Finish()
    {
        for (var index = _open.Count - 1; index >= 0; index--)
        {
            CloseToken(_open[index], keepEmpty: false);
        }

        while (_tokens.Count > 0 && _tokens[^1].Kind is InlineKind.Break or InlineKind.Space)
        {
            _tokens.RemoveAt(_tokens.Count - 1);
        }
    }

    /// <summary>Begins the next line, in which what is open goes on.</summary>
    public void Restart(IReadOnlyList<LinkTarget> targets)
    {
        _text.ResetWrittenCount();
        _tokens.Clear();
        _space = false;
        _hasContent = false;
        _codeGoesOn = false;
        foreach (var open in _open)
        {
            if (open.Kind == InlineKind.LinkOpen)
            {
                _repeatedLinks += targets[open.Target].Url.Length + targets[open.Target].Title.Length;
            }

            if (open.Kind != InlineKind.None && (open.Kind != InlineKind.LinkOpen || _repeatedLinks <= _repeatableLinks))
            {
                _tokens.Add(open);
            }
        }

        if (_repeatedLinks > _repeatableLinks)
        {
            EndLinks();
        }
    }

    /// <summary>Lets open links end. Their end tags are still to come, and change nothing.</summary>
    private void EndLinks()
    {
        for (var index = 0; index < _open.Count; index++)
        {
            if (_open[index].Kind == InlineKind.LinkOpen)
            {
                _open[index] = _open[index] with { Kind = InlineKind.None };
            }
        }
    }

    private void Begin(InlineToken token)
    {
        _open.Add(token);
        if (token.Kind != InlineKind.None)
        {
            _tokens.Add(token);
        }
    }

    private void End(bool keepEmpty)
    {
        var token = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        CloseToken(token, keepEmpty);
    }

    private void Word(ReadOnlySpan<char> word, InlineKind kind)
    {
        if (_space && _codeGoesOn && _tokens[^1].Kind == InlineKind.Code)
        {
            Append(" ", InlineKind.Code);
            _space = false;
        }

        LeadingSpace();
        _hasContent = true;
        _codeGoesOn = kind == InlineKind.Code;
        Append(word, kind);
    }

    private void Append(ReadOnlySpan<char> characters, InlineKind kind)
    {
        var at = _text.WrittenCount;
        _text.Write(characters);
        if (_tokens.Count > 0 && _tokens[^1].Kind == kind)
        {
            var last = _tokens[^1];
            _tokens[^1] = last with { Length = last.Length + characters.Length };
        }
        else
        {
            _tokens.Add(new InlineToken(kind, at, characters.Length, default, 0));
        }
    }

    /// <summary>Writes the space that was met, before whatever was opened since.</summary>
    private void LeadingSpace()
    {
        if (!_space)
        {
            return;
        }

        _space = false;
        var at = _tokens.Count;
        while (at > 0 && _tokens[at - 1].Kind is InlineKind.Open or InlineKind.LinkOpen)
        {
            at--;
        }

        if (_hasContent && at > 0 && _tokens[at - 1].Kind is not (InlineKind.Break or InlineKind.Space))
        {
            if (at == _tokens.Count && _tokens[at - 1].Kind == InlineKind.Text)
            {
                Append(" ", InlineKind.Text);
            }
            else
            {
                _tokens.Insert(at, new InlineToken(InlineKind.Space, 0, 0, default, 0));
            }
        }
    }

    private void CloseToken(InlineToken open, bool keepEmpty)
    {
        if (open.Kind == InlineKind.None)
        {
            return;
        }

        var isEmpty = _tokens.Count > 0 && _tokens[^1].Kind == open.Kind;
        if (isEmpty && !keepEmpty)
        {
            _tokens.RemoveAt(_tokens.Count - 1);
            return;
        }

        if (isEmpty)
        {
            LeadingSpace();
            _hasContent = true;
        }

        if (open.Kind == InlineKind.LinkOpen)
        {
            _writtenLink = open.Target;
        }

        var kind = open.Kind == InlineKind.LinkOpen ? InlineKind.LinkClose : InlineKind.Close;
        _tokens.Add(open with { Kind = kind });
    }
}
