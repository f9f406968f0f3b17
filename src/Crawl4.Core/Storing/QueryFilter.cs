using System.Text;

namespace Crawl4.Core.Storing;

/// <summary>A query's conditions, ready to be asked of many entries.</summary>
internal sealed class QueryFilter
{
    public const string AnyHost = "%";

    private readonly CacheQuery _query;
    private readonly string? _domain;

    public QueryFilter(CacheQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "The limit must be positive.");
        }

        _query = query;
        After = query.UrlAfter is { } after ? Encoding.UTF8.GetBytes(after) : null;
        _domain = string.IsNullOrEmpty(query.Domain) ? null : UrlHost.OfDomain(query.Domain);
        HostPattern = Pattern(query.Domain);
    }

    /// <summary>The first URL that can match; empty for any.</summary>
    public string Prefix => _query.UrlPrefix ?? "";

    /// <summary>The bytes that a match comes after, or null.</summary>
    public byte[]? After { get; }

    /// <summary>A LIKE pattern that every match satisfies, to spare looking at most of the others. LIKE
    /// ignores ASCII letter case, as hosts do.</summary>
    public string HostPattern { get; }

    public bool HasPrefix(string url) => url.StartsWith(Prefix, StringComparison.Ordinal);

    public bool IsAfter(ReadOnlySpan<byte> url) => After is null || url.SequenceCompareTo(After) > 0;

    public bool HasDomain(string url) => _domain is null || UrlHost.IsWithin(UrlHost.Of(url), _domain);

    public bool HasTime(DateTimeOffset? time) =>
        (_query.CachedBefore is not { } before || time is null || time < before)
        && (_query.CachedSince is not { } since || time >= since);

    /// <summary>Addresses can be written in more than one way (IPv6 zeros, octal): only a plain name narrows
    /// the search.</summary>
    private static string Pattern(string? domain)
    {
        var plain = domain?.Trim().Trim('.') ?? "";
        return plain.Length > 0 && plain.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            && plain.Any(char.IsAsciiLetter) && !plain.Contains("xn--", StringComparison.OrdinalIgnoreCase)
            ? $"%{plain}%" : AnyHost;
    }
}
