namespace Crawl4.Core.Fetching.Bodies;

/// <summary>A Content-Type or Content-Disposition header taken apart: <c>text/html; charset="utf-8"</c>.
/// Whatever is malformed is left out (RFC 9110 section 5.6.6, WHATWG MIME sniffing section 4.4).</summary>
internal sealed class MediaType
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private MediaType(string essence) => Essence = essence;

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    public string Essence { get; }

    public static MediaType Parse(string header)
    {
        // A header sent twice arrives joined by a comma; the first counts.
        var end = header.IndexOf(';', StringComparison.Ordinal);
        var essence = (end < 0 ? header : header[..end]).Split(',')[0];
        var type = new MediaType(essence.Trim().ToLowerInvariant());
        var at = end;
        while (at >= 0 && at < header.Length)
        {
            at = type.ReadParameter(header, at + 1);
        }

        return type;
    }

    /// <summary>A parameter's value, or null. Of two the first counts.</summary>
    public string? Parameter(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>Reads one parameter and gives where the next semicolon is.</summary>
    private int ReadParameter(string header, int at)
    {
        var stop = header.AsSpan(at).IndexOfAny('=', ';');
        if (stop < 0)
        {
            return header.Length;
        }

        var equals = at + stop;
        if (header[equals] == ';')
        {
            return equals;
        }

        var name = header[at..equals].Trim();
        at = equals + 1;
        while (at < header.Length && header[at] is ' ' or '\t')
        {
            at++;
        }

        var value = at < header.Length && header[at] == '"' ? ReadQuoted(header, ref at) : null;
        var semicolon = header.IndexOf(';', Math.Min(at, header.Length));
        var next = semicolon < 0 ? header.Length : semicolon;
        _parameters.TryAdd(name, value ?? header[at..next].Trim());
        return next;
    }

    private static string ReadQuoted(string header, ref int at)
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            // A backslash before anything but a quote or a backslash is a Windows path, not an escape.
            if (header[at] == '\\' && at + 1 < header.Length && header[at + 1] is '"' or '\\')
            {
                at++;
            }

            value.Append(header[at]);
        }

        at = Math.Min(at + 1, header.Length);
        return value.ToString();
    }
}
