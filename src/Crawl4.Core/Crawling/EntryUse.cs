using Crawl4.Core.Reading;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Crawling;

/// <summary>How an entry that was found may be used.</summary>
internal enum EntryUse
{
    /// <summary>As it is.</summary>
    Hit,

    /// <summary>After the server has been asked.</summary>
    Validate,

    /// <summary>Not at all.</summary>
    Refuse,
}

/// <summary>Decides how an entry that was found may be used.</summary>
internal static class EntryJudgement
{
    /// <summary>Why the entry must not answer, or null: a stored failure, a bot wall, nothing in it, or downloads
    /// that are gone. Crawl4AI stores all of these; they never come back as success.</summary>
    public static string? WhyUseless(CacheEntry entry)
    {
        if (!entry.Success || entry.StatusCode >= 400)
        {
            return "the stored crawl had failed";
        }

        var files = StoredJson.Texts(entry.DownloadedFiles);
        if (entry.Html.Length == 0 && entry.Markdown.Length == 0 && files.Count == 0)
        {
            return "the entry has no content";
        }

        if (entry.Html.Length == 0 && files.Any(file => !File.Exists(file)))
        {
            return "the downloaded file is gone";
        }

        var foreign = entry.ReadingFingerprint.Length == 0;
        return foreign ? BlockedPageDetection.WhyBlocked(entry.StatusCode, entry.Html) : null;
    }

    /// <summary>How the entry may be used: its age decides, then whether validation is wanted. With both, an entry
    /// within its age needs no question. An entry without a date is older than any age.</summary>
    public static EntryUse Judge(CacheEntry entry, CrawlRequest request, DateTimeOffset now)
    {
        if (request.MaxAge is not { } maxAge)
        {
            return request.Validate ? EntryUse.Validate : EntryUse.Hit;
        }

        if (maxAge > TimeSpan.Zero && entry.CachedAt is { } cachedAt && now - cachedAt <= maxAge)
        {
            return EntryUse.Hit;
        }

        return request.Validate ? EntryUse.Validate : EntryUse.Refuse;
    }
}
