namespace Crawl4.Core.Storing;

/// <summary>Which entries are meant. All conditions must hold; an empty query means every entry.</summary>
public sealed record CacheQuery
{
    /// <summary>Every entry.</summary>
    public static readonly CacheQuery All = new();

    /// <summary>The URL starts with this text, compared byte for byte.</summary>
    public string? UrlPrefix { get; init; }

    /// <summary>The URL comes after this text in the order of listings, which is that of UTF-8 bytes; the text itself
    /// does not match. So a listing goes on where another one stopped.</summary>
    public string? UrlAfter { get; init; }

    /// <summary>The URL's host is this domain or below it. Letter case does not matter. A URL, or a name with a
    /// port, is refused with <see cref="Crawl4ErrorCode.OptionInvalid"/>.</summary>
    public string? Domain { get; init; }

    /// <summary>Written or validated before this time. Entries without a time count as oldest.</summary>
    public DateTimeOffset? CachedBefore { get; init; }

    /// <summary>Written or validated at this time or later. Entries without a time never match.</summary>
    public DateTimeOffset? CachedSince { get; init; }

    /// <summary>At most so many entries. Null means no limit. Must be positive.</summary>
    public int? Limit { get; init; }
}
