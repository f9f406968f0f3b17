using System.Collections.Frozen;

namespace Crawl4.Core.Reading.Linking;

/// <summary>The form of a URL that tells whether two links lead to the same page: Crawl4AI's rules. The host
/// is in lower case, the default port and the fragment are gone, so are keys that only track; the query is
/// sorted by key, equal keys keep their order.</summary>
internal static class UrlIdentity
{
    private static readonly FrozenSet<string> TrackingKeys = FrozenSet.ToFrozenSet(
        ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid", "ref",
        "ref_src"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The identity of an absolute http or https URL.</summary>
    public static string Of(string url)
    {
        var parts = UrlParts.Of(url);
        var authority = parts.Authority;
        var hostAt = authority.LastIndexOf('@') + 1;
        authority = authority[..hostAt] + authority[hostAt..].ToLowerInvariant();
        var defaultPort = parts.Scheme == "https" ? ":443" : ":80";
        if (authority.EndsWith(defaultPort, StringComparison.Ordinal))
        {
            authority = authority[..^defaultPort.Length];
        }

        return parts.Scheme + "://" + authority + parts.Path + Query(parts.Query);
    }

    private static string Query(string query)
    {
        if (query.Length <= 1)
        {
            return "";
        }

        var pairs = query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        var kept = pairs.Where(pair => !TrackingKeys.Contains(Key(pair))).ToList();
        if (kept.Count == 0)
        {
            return "";
        }

        return "?" + string.Join('&', kept.OrderBy(Key, StringComparer.Ordinal));
    }

    private static string Key(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? pair : pair[..equals];
    }
}
