using System.Buffers;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace Crawl4.Core.Rollout;

/// <summary>Which hosts are meant: a name such as example.com, which is that host alone, or a pattern with * (any
/// text) and ? (any character), such as *.example.com, which is every host below it. Case does not matter.</summary>
public sealed record HostPattern
{
    /// <summary>The longest host name that DNS allows (RFC 1035, section 2.3.4).</summary>
    private const int MaxLength = 253;

    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/\\@# <>\"%");

    private HostPattern(string text) => Text = text;

    /// <summary>The pattern, in lower case.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="setting">What it was given as, for the error.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is empty, a URL, has
    /// a port, or is too long.</exception>
    public static HostPattern Parse(string text, string setting)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pattern = text.Trim().TrimEnd('.').ToLowerInvariant();
        if (pattern.Length is 0 or > MaxLength || pattern.AsSpan().ContainsAny(NotInHosts)
            || (pattern.Contains(':', StringComparison.Ordinal) && !pattern.StartsWith('[')))
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"{setting} has '{text}', which is not a host pattern.", setting)
            { Advice = "Give host names such as example.com, or patterns such as *.example.com." }.ToException();
        }

        return new HostPattern(AsciiForm(pattern));
    }

    /// <summary>True where the URL's host is one of those meant. Allocates nothing for a host in ASCII.</summary>
    /// <param name="url">The URL. What is no URL has no host and matches nothing.</param>
    public bool Matches(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var host = Host(url);
        if (!Ascii.IsValid(host))
        {
            // Patterns and keys may both be written either way; ASCII is the form in which they compare.
            host = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.IdnHost : host;
        }

        return host.Length > 0 && FileSystemName.MatchesSimpleExpression(Text, host, ignoreCase: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string AsciiForm(string pattern)
    {
        if (Ascii.IsValid(pattern))
        {
            return pattern;
        }

        var names = new IdnMapping();
        return string.Join('.', pattern.Split('.').Select(
            label => Ascii.IsValid(label) || label.AsSpan().ContainsAny("*?") ? label : names.GetAscii(label)));
    }

    private static ReadOnlySpan<char> Host(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        var host = url.AsSpan(start + 3);
        var end = host.IndexOfAny("/?#\\");
        host = end < 0 ? host : host[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        if (host is ['[', ..])
        {
            var close = host.IndexOf(']');
            return close < 0 ? host : host[..(close + 1)];
        }

        var port = host.IndexOf(':');
        host = port < 0 ? host : host[..port];
        return host.TrimEnd('.');
    }
}
