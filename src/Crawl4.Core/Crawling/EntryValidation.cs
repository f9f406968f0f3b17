using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>What asking the server about an entry gave.</summary>
internal enum ValidationOutcome
{
    /// <summary>The entry is still right.</summary>
    StillRight,

    /// <summary>The server has something else now.</summary>
    Changed,

    /// <summary>The server could not be asked.</summary>
    CannotTell,
}

/// <summary>Validation of an entry: by ETag and Last-Modified where the entry has one (RFC 9110 section 13), else by
/// the fingerprint of the page's head, as Crawl4AI does.</summary>
internal static class EntryValidation
{
    /// <summary>True where the server can be asked by a conditional request.</summary>
    public static bool HasValidator(CacheEntry entry) => entry.ETag.Length > 0 || entry.LastModified.Length > 0;

    /// <summary>What the answer says of the entry. An answer that says the page is gone or refused is an answer; one
    /// that may be otherwise the next time is not.</summary>
    public static ValidationOutcome Judge(CacheEntry entry, FetchedPage page)
    {
        if (page.NotModified)
        {
            return ValidationOutcome.StillRight;
        }

        if (page.Error is { } error)
        {
            return error.IsTransient || page.StatusCode >= 500
                ? ValidationOutcome.CannotTell
                : ValidationOutcome.Changed;
        }

        var sameHead = !HasValidator(entry)
            && entry.HeadFingerprint.Length > 0
            && string.Equals(entry.HeadFingerprint, HeadFingerprint.Compute(page.Content), StringComparison.Ordinal);
        return sameHead ? ValidationOutcome.StillRight : ValidationOutcome.Changed;
    }

    /// <summary>The entry with the date and the validators of the answer, as its next
    /// version.</summary>
    public static CacheEntry Refresh(CacheEntry entry, FetchedPage page, DateTimeOffset now)
    {
        var etag = EntryMapping.Header(page.Headers, "ETag");
        var lastModified = EntryMapping.Header(page.Headers, "Last-Modified");
        return entry with
        {
            CachedAt = now,
            ETag = etag.Length > 0 ? etag : entry.ETag,
            LastModified = lastModified.Length > 0 ? lastModified : entry.LastModified,
            // The next version of this very entry, so that it never takes the place of one that was written while
            // the server was asked.
            Version = entry.Version + 1,
        };
    }
}
