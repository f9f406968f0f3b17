namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Tells whether Python's <c>json.loads</c> would take a text. Crawl4AI tries that on every Markdown
/// it reads. The grammar is RFC 8259 with Python's additions: NaN, Infinity and -Infinity.</summary>
internal ref struct PythonJson
{
    /// <summary>Python gives up at its recursion limit with an error that Crawl4AI does not expect. Deeper
    /// than this counts as taken, so that such a text is never written bare.</summary>
    private const int MaxDepth = 500;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private PythonJson(ReadOnlySpan<char> text) => _text = text;

    public static bool Accepts(ReadOnlySpan<char> text)
    {
        var parser = new PythonJson(text);
        parser.SkipSpace();
        if (!parser.Value(0))
        {
            return false;
        }

        parser.SkipSpace();
        return parser._at == text.Length || parser._at > text.Length;
    }

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool Value(int depth)
    {
        if (depth > MaxDepth)
        {
            // Past the end: nothing that follows is looked at any more.
            _at = _text.Length + 1;
            return true;
        }

        return Current switch
        {
            '{' => Container('}', depth, isObject: true),
            '[' => Container(']', depth, isObject: false),
            '"' => Text(),
            't' => Word("true"),
            'f' => Word("false"),
            'n' => Word("null"),
            'N' => Word("NaN"),
            'I' => Word("Infinity"),
            '-' when _text[_at..].StartsWith("-Infinity", StringComparison.Ordinal) => Word("-Infinity"),
            _ => Number(),
        };
    }

    private bool Container(char end, int depth, bool isObject)
    {
        _at++;
        SkipSpace();
        if (Take(end))
        {
            return true;
        }

        while (true)
        {
            if (isObject && !Key())
            {
                return false;
            }

            if (!Value(depth + 1))
            {
                return false;
            }

            SkipSpace();
            if (_at > _text.Length || Take(end))
            {
                return true;
            }

            if (!Take(','))
            {
                return false;
            }

            SkipSpace();
        }
    }

    private bool Key()
    {
        if (Current != '"' || !Text())
        {
            return false;
        }

        SkipSpace();
        if (!Take(':'))
        {
            return false;
        }

        SkipSpace();
        return true;
    }

    private bool Text()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return true;
                case '\\' when !Escape():
                case < ' ':
                    return false;
            }
        }

        return false;
    }

    private bool Escape()
    {
        _at++;
        if (Current != 'u')
        {
            return "\"\\/bfnrt".Contains(Current, StringComparison.Ordinal);
        }

        for (var i = 0; i < 4; i++)
        {
            _at++;
            if (!char.IsAsciiHexDigit(Current))
            {
                return false;
            }
        }

        return true;
    }

    private bool Number()
    {
        Take('-');
        if (!Take('0') && !Digits())
        {
            return false;
        }

        var end = _at;
        if (Take('.') && !Digits())
        {
            _at = end;
            return true;
        }

        end = _at;
        if (Take('e') || Take('E'))
        {
            _ = Take('+') || Take('-');
            if (!Digits())
            {
                _at = end;
            }
        }

        return true;
    }

    private bool Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return _at > start;
    }

    private bool Word(string word)
    {
        if (!_text[_at..].StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Take(char wanted)
    {
        if (_at >= _text.Length || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }
}
