using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>A page's structure in few characters, for whoever writes selectors: its elements with the attributes that
/// selectors use, texts and values cut short, and of a run of like siblings the first few.</summary>
internal sealed class SampleHtml
{
    /// <summary>How much is kept, tried in turn until the sample is small enough.</summary>
    private static readonly (int Siblings, int Text, int Value)[] Levels =
        [(3, 120, 120), (2, 60, 60), (2, 24, 40), (1, 12, 24)];

    private readonly StringBuilder _html = new();
    private readonly (int Siblings, int Text, int Value) _level;

    private SampleHtml((int Siblings, int Text, int Value) level) => _level = level;

    /// <summary>The sample.</summary>
    /// <param name="html">The page.</param>
    /// <param name="most">The most characters; where even the shortest sample has more, the rest is cut off.</param>
    public static string Of(string html, int most)
    {
        var document = PageParser.Parse(html);
        var sample = "";
        foreach (var level in Levels)
        {
            var writer = new SampleHtml(level);
            if (document.Body is { } body)
            {
                writer.Element(body);
            }

            sample = writer._html.ToString();
            if (sample.Length <= most)
            {
                return sample;
            }
        }

        return Cut(sample, most);
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Element(IElement element)
    {
        _html.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes)
        {
            if (IsUseful(attribute.Name))
            {
                var value = attribute.Value.Replace("\"", "'", StringComparison.Ordinal).ReplaceLineEndings(" ");
                _html.Append(' ').Append(attribute.Name).Append("=\"").Append(Cut(value, _level.Value)).Append('"');
            }
        }

        _html.Append('>');
        if (element.Flags.HasFlag(NodeFlags.SelfClosing))
        {
            return;
        }

        Children(element);
        _html.Append("</").Append(element.LocalName).Append('>');
    }

    private void Children(IElement element)
    {
        var alike = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = 0;
        var children = element.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IText text)
            {
                Text(text.Data);
            }
            else if (children[index] is IElement child && !IsUseless(child.LocalName))
            {
                var shape = $"{child.LocalName} {child.ClassName}";
                var seen = alike[shape] = alike.GetValueOrDefault(shape) + 1;
                if (seen <= _level.Siblings)
                {
                    Element(child);
                }
                else
                {
                    left++;
                }
            }
        }

        if (left > 0)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<!-- {left} more like these -->");
        }
    }

    private void Text(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        _html.Append(Cut(words, _level.Text)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal));
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "...";
    }

    private static bool IsUseless(string name) => name is "script" or "style" or "noscript" or "template" or "iframe"
        or "svg" or "canvas" or "link" or "meta" or "object" or "embed";

    private static bool IsUseful(string name) => name is "id" or "class" or "name" or "type" or "href" or "src" or "alt"
        or "title" or "role" or "rel" or "datetime" or "content" or "itemprop" or "itemtype" or "aria-label"
        || name.StartsWith("data-", StringComparison.Ordinal);
}
