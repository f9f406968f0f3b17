using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Filtering;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Cleaning;

/// <summary>Writes a page's HTML with only what carries content: no scripts, styles, event handlers, comments
/// or elements without words, a few attributes, absolute URLs. A start tag waits until there is something in
/// its element, so that one walk is enough.</summary>
internal sealed class CleanedHtmlWriter
{
    private static readonly FrozenSet<string> Removed = FrozenSet.ToFrozenSet(
        ["script", "style", "link", "meta", "noscript", "template", "base", "iframe", "object",
            "embed", "param", "frame", "frameset", "noframes", "noembed"],
        StringComparer.Ordinal);

    /// <summary>Elements that mean something without words in them.</summary>
    private static readonly FrozenSet<string> KeptEmpty = FrozenSet.ToFrozenSet(
        ["html", "head", "body", "a", "tr", "td", "th", "pre", "code", "video", "audio"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(
        ["img", "br", "hr", "input", "source", "track", "wbr", "area", "col"], StringComparer.Ordinal);

    /// <summary>Crawl4AI's list of what only formats text.</summary>
    private static readonly FrozenSet<string> OnlyTextUnwraps = FrozenSet.ToFrozenSet(
        ["b", "i", "u", "span", "del", "ins", "sub", "sup", "strong", "em", "code", "kbd", "var", "s", "q",
            "abbr", "cite", "dfn", "time", "small", "mark"],
        StringComparer.Ordinal);

    private static readonly string[] KeptAttributes =
        ["src", "href", "alt", "title", "width", "height", "class", "id", "rowspan", "colspan"];

    /// <summary>What a parser takes into an attribute's name, but a writer cannot give back.</summary>
    private static readonly SearchValues<char> NoAttributeName = SearchValues.Create("\"'<>=/& \0");

    private readonly StringBuilder _html;
    private readonly List<IElement> _waiting = [];
    private readonly PageContent _page;
    private readonly bool _withoutImages;
    private readonly CleanedTree? _tree;
    private readonly LinkRules _rules;
    private readonly bool _onlyText;
    private readonly bool _keepsData;
    private readonly string[] _extraAttributes;
    private int _preDepth;
    private int _start;

    private CleanedHtmlWriter(
        PageContent page, ReadingOptions options, int expectedLength, CleanedTree? tree)
    {
        _page = page;
        _tree = tree;
        _withoutImages = options.ExcludeImages;
        _rules = new LinkRules(page, options);
        _onlyText = options.OnlyText;
        _keepsData = options.KeepDataAttributes;
        _extraAttributes = [.. options.KeepAttributes.Select(name => name.Trim().ToLowerInvariant())
            .Where(name => name.Length > 0 && name != "style"
                && !name.StartsWith("on", StringComparison.Ordinal))
            .Except(KeptAttributes, StringComparer.Ordinal)];
        _html = SpareBuilders.Take(expectedLength);
    }

    /// <summary>Writes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="sourceLength">The length of its HTML.</param>
    /// <param name="tree">Where what is written is measured, for who has use for it.</param>
    public static string Write(
        PageContent page, ReadingOptions options, int sourceLength, CleanedTree? tree = null)
    {
        var writer = new CleanedHtmlWriter(page, options, (sourceLength / 2) + 64, tree);
        foreach (var root in page.Roots)
        {
            writer.Node(root);
        }

        return SpareBuilders.Finish(writer._html);
    }

    /// <summary>Writes parts of a page, each in a div on a line of its own; of a part without words nothing is
    /// left.</summary>
    public static string WriteParts(
        PageContent page, ReadingOptions options, IEnumerable<IReadOnlyList<INode>> parts)
    {
        var writer = new CleanedHtmlWriter(page, options, expectedLength: 4096, tree: null);
        foreach (var part in parts)
        {
            writer.Part(part);
        }

        return SpareBuilders.Finish(writer._html);
    }

    private void Part(IReadOnlyList<INode> part)
    {
        var before = _html.Length;
        _html.Append(before > 0 ? "\n<div>" : "<div>");
        _start = _html.Length;
        foreach (var node in part)
        {
            Node(node);
        }

        var at = _start;
        while (at < _html.Length && char.IsWhiteSpace(_html[at]))
        {
            at++;
        }

        if (at < _html.Length)
        {
            _html.Append("</div>");
        }
        else
        {
            _html.Length = before;
        }
    }

    private void Children(INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            Node(children[index]);
        }
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Node(INode node)
    {
        switch (node)
        {
            case IText text when !_page.IsExcluded(text):
                Text(text.Data);
                break;
            case IElement element:
                Write(element);
                break;
            case IDocument:
                Children(node);
                break;
        }
    }

    private void Write(IElement element)
    {
        var name = element.LocalName;
        if (Removed.Contains(name) || _page.IsExcluded(element)
            || (_withoutImages && name is "img" or "picture"))
        {
            return;
        }

        if (name is "head")
        {
            Head(element);
            return;
        }

        if (IsUnwrapped(element, name))
        {
            Children(element);
            return;
        }

        if (Void.Contains(name))
        {
            if (name == "img" && _rules.ExcludesImages && IsFrom(element))
            {
                return;
            }

            OpenWaiting();
            StartTag(element);
            _tree?.Close(_html.Length, _html.Length);
            return;
        }

        _waiting.Add(element);
        if (KeptEmpty.Contains(name))
        {
            OpenWaiting();
        }

        var isPre = name is "pre" or "textarea";
        _preDepth += isPre ? 1 : 0;
        Children(element);
        _preDepth -= isPre ? 1 : 0;
        if (_waiting.Count > 0 && ReferenceEquals(_waiting[^1], element))
        {
            _waiting.RemoveAt(_waiting.Count - 1);
        }
        else
        {
            var end = _html.Length;
            _html.Append("</").Append(name).Append('>');
            _tree?.Close(end, _html.Length);
        }
    }

    private bool IsUnwrapped(IElement element, string name) =>
        (_onlyText && OnlyTextUnwraps.Contains(name))
        || (name == "a" && _rules.ExcludesLinks && element.GetAttribute("href") is { } href
            && !_rules.KeepsLink(_page.Urls.Resolve(href)));

    private bool IsFrom(IElement image) => image.GetAttribute("src") is { } src
        && !_rules.KeepsImage(_page.Urls.Resolve(src));

    private void Head(IElement head)
    {
        OpenWaiting();
        _html.Append("<head>");
        var children = head.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement { LocalName: "title" } title)
            {
                _html.Append("<title>");
                Escape(title.TextContent);
                _html.Append("</title>");
                break;
            }
        }

        _html.Append("</head>");
    }

    private void Text(string data)
    {
        if (_preDepth > 0)
        {
            OpenWaiting();
            _tree?.Text(data);
            Escape(data);
            return;
        }

        if (data.AsSpan().Trim(HtmlSpace.Characters).IsEmpty)
        {
            Space(data);
            return;
        }

        OpenWaiting();
        _tree?.Text(data);
        var rest = data.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(HtmlSpace.All);
            Escape(end < 0 ? rest : rest[..end]);
            if (end < 0)
            {
                return;
            }

            rest = rest[end..];
            var length = rest.IndexOfAnyExcept(HtmlSpace.All);
            var space = length < 0 ? rest : rest[..length];
            _html.Append(space.Contains('\n') ? '\n' : ' ');
            rest = length < 0 ? [] : rest[length..];
        }
    }

    /// <summary>White space between elements stays, one character of it: it parts words.</summary>
    private void Space(string data)
    {
        if (data.Length > 0 && _html.Length > _start && !HtmlSpace.Is(_html[^1]))
        {
            _html.Append(data.Contains('\n', StringComparison.Ordinal) ? '\n' : ' ');
        }
    }

    private void OpenWaiting()
    {
        foreach (var element in CollectionsMarshal.AsSpan(_waiting))
        {
            StartTag(element);
        }

        _waiting.Clear();
    }

    private void StartTag(IElement element)
    {
        var start = _html.Length;
        _html.Append('<').Append(element.LocalName);
        if (element.Attributes.Length > 0)
        {
            foreach (var name in KeptAttributes)
            {
                if (element.GetAttribute(name) is { } value && Kept(name, value) is { } kept)
                {
                    Attribute(name, kept);
                }
            }

            if (_keepsData || _extraAttributes.Length > 0)
            {
                ExtraAttributes(element);
            }
        }

        _html.Append('>');
        _tree?.Open(element, start, _html.Length);
    }

    private void ExtraAttributes(IElement element)
    {
        foreach (var attribute in element.Attributes)
        {
            if ((_keepsData && attribute.Name.StartsWith("data-", StringComparison.Ordinal)
                && !attribute.Name.AsSpan().ContainsAny(NoAttributeName))
                || Array.IndexOf(_extraAttributes, attribute.Name) >= 0)
            {
                Attribute(attribute.Name, attribute.Value);
            }
        }
    }

    private void Attribute(string name, string value)
    {
        _html.Append(' ').Append(name).Append("=\"");
        Escape(value, attribute: true);
        _html.Append('"');
    }

    private string? Kept(string name, string value)
    {
        if (name is not ("src" or "href"))
        {
            return value;
        }

        var url = _page.Urls.Resolve(value);
        return UrlReference.SchemeOf(url) is "javascript" or "vbscript" or "data" or "blob" ? null : url;
    }

    private void Escape(ReadOnlySpan<char> text, bool attribute = false)
    {
        while (true)
        {
            var at = attribute ? text.IndexOfAny('&', '"') : text.IndexOfAny('&', '<', '>');
            if (at < 0)
            {
                _html.Append(text);
                return;
            }

            _html.Append(text[..at]).Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => "&quot;",
            });
            text = text[(at + 1)..];
        }
    }
}
