using System.Buffers;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Finds the tags of a page as HTML's tokenizer would: not those in comments, in attributes or in
/// what is text to the end of its element.</summary>
internal ref struct TagScanner(string html)
{
    /// <summary>No element has a longer name, custom ones aside, and those may share their
    /// beginnings.</summary>
    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\n\f\r/>");

    private static readonly SearchValues<char> TagEnd = SearchValues.Create(">\"'=");

    private readonly char[] _name = new char[MaxNameLength];
    private int _nameLength;
    private int _at;

    /// <summary>Where the tag begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind its last character.</summary>
    public readonly int End => _at;

    /// <summary>Its characters that stand in no quotes. It has fewer attributes.</summary>
    public int Unquoted { get; private set; }

    public bool IsEndTag { get; private set; }

    public bool IsSelfClosing { get; private set; }

    /// <summary>True where what follows the start tag is text up to its end tag.</summary>
    public bool IsRawText { get; private set; }

    /// <summary>Its name in lower case.</summary>
    public readonly ReadOnlySpan<char> Name => _name.AsSpan(0, _nameLength);

    /// <summary>Goes to the next tag. False where there is none.</summary>
    public bool Next()
    {
        if (IsRawText)
        {
            SkipRawText();
        }

        while (_at < html.Length)
        {
            var open = html.AsSpan(_at).IndexOf('<');
            if (open < 0 || _at + open + 1 >= html.Length)
            {
                break;
            }

            Start = _at + open;
            _at = Start + 1;
            var c = html[_at];
            IsEndTag = c == '/' && _at + 1 < html.Length;
            if (char.IsAsciiLetter(IsEndTag ? html[_at + 1] : c))
            {
                _at += IsEndTag ? 1 : 0;
                ReadTag();
                return true;
            }

            if (c is '!' or '?' or '/')
            {
                SkipDeclaration();
            }
        }

        _at = html.Length;
        return false;
    }

    /// <summary>Looks for tags in the raw text that follows as well.</summary>
    public void ReadsRawText() => IsRawText = false;

    private void ReadTag()
    {
        var rest = html.AsSpan(_at);
        var length = rest.IndexOfAny(NameEnd);
        length = length < 0 ? rest.Length : length;
        _nameLength = Math.Min(length, MaxNameLength);
        rest[.._nameLength].ToLowerInvariant(_name);
        _at += length;
        IsRawText = !IsEndTag && RawTextEnd(Name) is not null;
        Unquoted = 0;
        SkipAttributes();
        Unquoted += _at - Start;
        IsSelfClosing = _at - 2 > Start && html[_at - 1] == '>' && html[_at - 2] == '/';
    }

    private void SkipAttributes()
    {
        while (_at < html.Length)
        {
            var next = html.AsSpan(_at).IndexOfAny(TagEnd);
            if (next < 0)
            {
                _at = html.Length;
                return;
            }

            _at += next + 1;
            if (html[_at - 1] == '>')
            {
                return;
            }

            // A quote is one only where an attribute's value begins.
            if (html[_at - 1] == '=')
            {
                SkipValue();
            }
        }
    }

    private void SkipValue()
    {
        while (_at < html.Length && HtmlSpace.Is(html[_at]))
        {
            _at++;
        }

        if (_at < html.Length && html[_at] is '"' or '\'')
        {
            var end = html.IndexOf(html[_at], _at + 1);
            end = end < 0 ? html.Length : end + 1;
            Unquoted -= end - _at;
            _at = end;
        }
    }

    private void SkipDeclaration()
    {
        var isComment = html.AsSpan(_at).StartsWith("!--", StringComparison.Ordinal);
        var end = isComment
            ? html.IndexOf("-->", Math.Min(_at + 1, html.Length), StringComparison.Ordinal)
            : html.IndexOf('>', _at);
        _at = end < 0 ? html.Length : end + (isComment ? 3 : 1);
    }

    private void SkipRawText()
    {
        var end = html.IndexOf(RawTextEnd(Name)!, _at, StringComparison.OrdinalIgnoreCase);
        _at = end < 0 ? html.Length : end;
        IsRawText = false;
    }

    /// <summary>How raw text of an element ends, or null for an element whose content is no raw text.</summary>
    private static string? RawTextEnd(ReadOnlySpan<char> name) => name switch
    {
        "script" => "</script",
        "style" => "</style",
        "title" => "</title",
        "textarea" => "</textarea",
        "iframe" => "</iframe",
        "xmp" => "</xmp",
        "noembed" => "</noembed",
        "noframes" => "</noframes",
        "plaintext" => "</plaintext",
        _ => null,
    };
}
