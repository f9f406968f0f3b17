namespace Crawl4.Core.Reading.Linking;

/// <summary>An absolute URL cut at RFC 3986's delimiters; together the parts are the URL again.</summary>
/// <param name="Scheme">The scheme in lower case. Empty where the text is no absolute URL with an
/// authority.</param>
/// <param name="Authority">User, host and port.</param>
/// <param name="Path">The path, "/" where there is none.</param>
/// <param name="Query">The query with its question mark.</param>
/// <param name="Fragment">The fragment with its hash.</param>
internal readonly record struct UrlParts(
    string Scheme, string Authority, string Path, string Query, string Fragment)
{
    public string Origin => Scheme + "://" + Authority;

    /// <summary>The path up to its last slash.</summary>
    public string Folder => Path[..(Path.LastIndexOf('/') + 1)];

    /// <summary>The host in lower case, without user, port and an IPv6 address's brackets.</summary>
    public string Host
    {
        get
        {
            var host = Authority.AsSpan()[(Authority.LastIndexOf('@') + 1)..];
            if (host.StartsWith("[", StringComparison.Ordinal))
            {
                var end = host.IndexOf(']');
                return host[1..(end < 0 ? host.Length : end)].ToString().ToLowerInvariant();
            }

            var port = host.LastIndexOf(':');
            return (port < 0 ? host : host[..port]).ToString().ToLowerInvariant();
        }
    }

    public static UrlParts Of(string url)
    {
        var scheme = UrlReference.SchemeOf(url);
        if (scheme.Length == 0 || !url.AsSpan(scheme.Length).StartsWith("://", StringComparison.Ordinal))
        {
            return new UrlParts("", "", "/", "", "");
        }

        var rest = url.AsSpan(scheme.Length + 3);
        var fragmentAt = rest.IndexOf('#');
        var fragment = fragmentAt < 0 ? "" : rest[fragmentAt..].ToString();
        rest = fragmentAt < 0 ? rest : rest[..fragmentAt];
        var queryAt = rest.IndexOf('?');
        var query = queryAt < 0 ? "" : rest[queryAt..].ToString();
        rest = queryAt < 0 ? rest : rest[..queryAt];
        var pathAt = rest.IndexOfAny('/', '\\');
        var path = pathAt < 0 ? "/" : rest[pathAt..].ToString().Replace('\\', '/');
        return new UrlParts(scheme, (pathAt < 0 ? rest : rest[..pathAt]).ToString(), path, query, fragment);
    }
}
