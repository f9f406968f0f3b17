using System.Net;

namespace Crawl4.Core.Storing;

/// <summary>The host of a key. Keys are verbatim, so any text may come: what is no URL has no host.</summary>
internal static class UrlHost
{
    /// <summary>The host in lower case, without port, user, brackets or closing dot; internationalised names
    /// in their ASCII form. Empty where there is none.</summary>
    public static string Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? Normalise(parsed.IdnHost) : "";

    /// <summary>A domain as a user writes it, in the form that <see cref="Of"/> gives.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is a URL or has a
    /// port: taking the host of it would mean more entries than were asked for, and may remove them.</exception>
    public static string OfDomain(string domain)
    {
        var trimmed = domain.Trim().TrimStart('.');
        if (trimmed.Length == 0 || !IsHost(trimmed))
        {
            throw new Crawl4Exception(new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"The domain '{WithoutCredentials(domain)}' is not a host name.",
                nameof(CacheQuery.Domain))
            { Advice = "Give a name such as example.com; for a URL or a part of one use the prefix." });
        }

        var host = trimmed.Contains(':', StringComparison.Ordinal) && !trimmed.StartsWith('[')
            ? $"[{trimmed}]" : trimmed;
        var found = Of($"http://{host}/");
        return found.Length > 0 ? found : Normalise(trimmed);
    }

    /// <summary>True where the host is the domain or below it. An address is below nothing.</summary>
    public static bool IsWithin(string host, string domain)
    {
        if (string.Equals(host, domain, StringComparison.Ordinal))
        {
            return host.Length > 0;
        }

        return domain.Length > 0
            && host.Length > domain.Length
            && host.EndsWith(domain, StringComparison.Ordinal)
            && host[host.Length - domain.Length - 1] == '.'
            && !IPAddress.TryParse(host, out _);
    }

    /// <summary>A URL as it may be shown: without the user and password that some carry.</summary>
    public static string WithoutCredentials(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return url;
        }

        start += 3;
        var end = url.AsSpan(start).IndexOfAny("/?#");
        var authority = end < 0 ? url.AsSpan(start) : url.AsSpan(start, end);
        var at = authority.LastIndexOf('@');
        return at < 0 ? url : string.Concat(url.AsSpan(0, start), url.AsSpan(start + at + 1));
    }

    private static bool IsHost(string text) =>
        text.IndexOfAny(['/', '?', '#', '@', '\\', ' ', '*']) < 0
        && (!text.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(text.Trim('[', ']'), out _));

    private static string Normalise(string host) => host.TrimEnd('.').TrimStart('[').TrimEnd(']').ToLowerInvariant();
}
