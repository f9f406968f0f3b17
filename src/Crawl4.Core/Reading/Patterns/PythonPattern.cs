using System.Globalization;
using System.Text;

namespace Crawl4.Core.Reading.Patterns;

/// <summary>Rewrites a regular expression as Python means it into one that means the same in .NET. Schemas and
/// patterns come from Crawl4AI's users: groups are numbered from left to right, named or not, and white space and
/// word characters are Python's.</summary>
internal sealed class PythonPattern
{
    private const string Space = @"\s\x1c-\x1f";
    private const string Word = @"\p{L}\p{N}_";
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly StringBuilder _result;
    private readonly string _pattern;
    private int _groups;
    private int _at;

    private PythonPattern(string pattern)
    {
        _pattern = pattern;
        _result = new StringBuilder(pattern.Length + 16);
    }

    public static string ToDotNet(string pattern) => new PythonPattern(pattern).Rewrite();

    private string Rewrite()
    {
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Group();
                    break;
                case '{' when Follows("{,") && _at + 2 < _pattern.Length && char.IsAsciiDigit(_pattern[_at + 2]):
                    _result.Append("{0");
                    _at++;
                    break;
                default:
                    _result.Append(_pattern[_at++]);
                    break;
            }
        }

        return _result.ToString();
    }

    private bool Follows(string text) => _pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    private void Escape(bool inClass)
    {
        if (_at + 1 == _pattern.Length)
        {
            _result.Append(_pattern[_at++]);
            return;
        }

        var letter = _pattern[_at + 1];
        _at += 2;
        _result.Append(letter switch
        {
            's' => inClass ? Space : $"[{Space}]",
            'w' => inClass ? Word : $"[{Word}]",
            'S' when !inClass => $"[^{Space}]",
            'W' when !inClass => $"[^{Word}]",
            'Z' when !inClass => @"\z",
            _ => "\\" + letter,
        });
    }

    private void Class()
    {
        _result.Append(_pattern[_at++]);
        if (Follows("^"))
        {
            _result.Append(_pattern[_at++]);
        }

        if (Follows("]"))
        {
            _result.Append(@"\]");
            _at++;
        }

        while (_at < _pattern.Length && _pattern[_at] != ']')
        {
            if (_pattern[_at] == '\\')
            {
                Escape(inClass: true);
            }
            else
            {
                // A bracket within a class is a character in Python, a subtraction in .NET.
                _result.Append(_pattern[_at] == '[' ? @"\[" : _pattern[_at].ToString());
                _at++;
            }
        }
    }

    private void Group()
    {
        var end = _pattern.IndexOfAny(['>', ')'], _at);
        if (Follows("(?P<") && end > 0)
        {
            _names[_pattern[(_at + 4)..end]] = ++_groups;
            _result.Append('(');
            _at = end + 1;
        }
        else if (Follows("(?P=") && end > 0 && _names.TryGetValue(_pattern[(_at + 4)..end], out var number))
        {
            _result.Append(CultureInfo.InvariantCulture, $@"\k<{number}>");
            _at = end + 1;
        }
        else
        {
            _groups += Follows("(?") ? 0 : 1;
            _result.Append('(');
            _at++;
        }
    }
}
