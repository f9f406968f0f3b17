using System.Globalization;
using System.Text;

namespace Crawl4.Testing;

/// <summary>Makes pages that nobody wrote out of pages that somebody did: the same ones for the same seed.</summary>
public sealed class PageMutation(int seed, IReadOnlyList<string> pages)
{
    /// <summary>Characters of a mutated page, so that a slow one is slow for its length.</summary>
    private const int MaxLength = 400_000;

    private const string Marks = "<>&\"'/= \0\n\t;#!-?[]`*_|\\\u00a0\ud800\udc00\ufeff\uffff\u0130";

    private static readonly string[] Tags =
    [
        "a", "abbr", "annotation-xml", "article", "b", "base", "blockquote", "body", "br", "button", "caption",
        "code", "col", "colgroup", "dd", "desc", "details", "div", "dl", "dt", "em", "font", "foreignObject", "form",
        "frameset", "h1", "h2", "head", "hr", "html", "i", "iframe", "image", "img", "input", "li", "link", "main",
        "mi", "math", "meta", "nobr", "noscript", "object", "ol", "optgroup", "option", "p", "picture", "plaintext",
        "pre", "q", "rp", "rt", "ruby", "s", "script", "select", "source", "span", "strong", "style", "sup", "svg",
        "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "ul", "video",
        "x-y", "xmp",
    ];

    private static readonly string[] Attributes =
    [
        "href", "src", "class", "id", "style", "srcset", "data-src", "rowspan", "colspan", "start", "value", "title",
        "alt", "type", "name", "content", "property", "role", "width", "lang", "datetime", "encoding",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next page.</summary>
    public string Next()
    {
        var page = new StringBuilder(_random.Next(8) == 0 ? "" : Part(Any(pages), MaxLength));
        for (var times = _random.Next(1, 12); times > 0; times--)
        {
            Mutate(page);
            page.Length = Math.Min(page.Length, MaxLength);
        }

        return page.ToString();
    }

    private void Mutate(StringBuilder page)
    {
        var at = _random.Next(page.Length + 1);
        switch (_random.Next(10))
        {
            case 0:
                page.Length = at;
                break;
            case 1:
                page.Remove(at, Math.Min(_random.Next(1, 200), page.Length - at));
                break;
            case 2:
                page.Insert(at, Part(Any(pages), 3_000));
                break;
            case 3:
                Flip(page);
                break;
            case 4:
                page.Insert(at, Piece(), _random.Next(1, 4));
                break;
            case 5:
                Repeat(page, at, Pieces());
                break;
            case 6:
                Repeat(page, at, page.ToString(at, Math.Min(_random.Next(1, 400), page.Length - at)));
                break;
            case 7:
                page.Insert(at, ManyAttributes());
                break;
            case 8:
                page.Insert(at, Garbage());
                break;
            default:
                page.Insert(at, "&#" + _random.NextInt64() + ";&#x" + _random.Next(0x120000).ToString("x", CultureInfo.InvariantCulture) + ";&" + Any(Tags));
                break;
        }
    }

    private void Flip(StringBuilder page)
    {
        for (var times = Math.Min(page.Length, _random.Next(1, 60)); times > 0; times--)
        {
            page[_random.Next(page.Length)] = Marks[_random.Next(Marks.Length)];
        }
    }

    private void Repeat(StringBuilder page, int at, string what)
    {
        if (what.Length > 0)
        {
            page.Insert(at, what, _random.Next(1, Math.Max(2, 60_000 / what.Length)));
        }
    }

    private string Pieces() => string.Concat(Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Piece()));

    private string Piece() => _random.Next(6) switch
    {
        0 => "</" + Any(Tags) + ">",
        1 => "<" + Any(Tags) + " " + Any(Attributes) + "=" + _random.Next(70_000) + "/>",
        2 => "<" + Any(Tags) + " " + Any(Attributes) + "='" + Any(Tags) + "'>",
        3 => _random.Next(3) == 0 ? "<!--" + Any(Tags) + "-->" : "word ",
        _ => "<" + Any(Tags) + ">",
    };

    private string ManyAttributes()
    {
        var tag = new StringBuilder("<").Append(Any(Tags));
        for (var number = _random.Next(1, 3_000); number > 0; number--)
        {
            tag.Append(' ').Append(_random.Next(3) == 0 ? Any(Attributes) : "a" + number).Append("='").Append(number);
            tag.Append(_random.Next(50) == 0 ? "" : "'");
        }

        return tag.Append('>').ToString();
    }

    private string Garbage()
    {
        var bytes = new byte[_random.Next(1, 2_000)];
        _random.NextBytes(bytes);
        return (_random.Next(2) == 0 ? Encoding.UTF8 : Encoding.Unicode).GetString(bytes);
    }

    private string Part(string page, int length)
    {
        var from = _random.Next(3) == 0 ? _random.Next(page.Length + 1) : 0;
        return page.Substring(from, Math.Min(length, page.Length - from));
    }

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
