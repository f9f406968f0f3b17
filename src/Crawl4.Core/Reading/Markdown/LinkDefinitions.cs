using System.Globalization;
using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Where links lead, as numbered definitions at the end of the Markdown.</summary>
internal sealed class LinkDefinitions
{
    private readonly Dictionary<(string Url, string Title), string> _numbers = [];
    private readonly StringBuilder _text = new();

    public string Number(LinkTarget target)
    {
        if (_numbers.TryGetValue((target.Url, target.Title), out var number))
        {
            return number;
        }

        number = (_numbers.Count + 1).ToString(CultureInfo.InvariantCulture);
        _numbers.Add((target.Url, target.Title), number);
        _text.Append('[').Append(number).Append("]: ").Append(target.Url.Length == 0 ? "<>" : target.Url);
        _ = target.Title.Length > 0 ? _text.Append(" \"").Append(target.Title).Append('"') : _text;
        _text.Append('\n');
        return number;
    }

    public void AppendTo(StringBuilder plain)
    {
        if (_text.Length > 0)
        {
            plain.Append('\n').Append(_text);
        }
    }
}
