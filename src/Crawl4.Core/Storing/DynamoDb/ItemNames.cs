namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>The names of tables' parts and items' attributes. What Crawl4AI has a name for has that name; what is
/// ours begins with <c>crawl4_</c>, so that nobody else's attribute is taken for it.</summary>
internal static class ItemNames
{
    public const string Url = "url";
    public const string Success = "success";
    public const string StatusCode = "status_code";
    public const string CachedAt = "cached_at";
    public const string TimeToLive = "ttl";

    /// <summary>Only items that others wrote have it: our HTML is within the packed content.</summary>
    public const string Html = "html";

    /// <summary>The whole URL, where the key is made of its hash.</summary>
    public const string LongUrl = "crawl4_url";
    public const string Version = "crawl4_version";
    public const string Digest = "crawl4_digest";
    public const string Size = "crawl4_size";
    public const string Deleted = "crawl4_deleted";

    /// <summary>The packed content, where it fits.</summary>
    public const string Content = "crawl4_content";
    public const string RawBytes = "crawl4_raw_bytes";

    /// <summary>Where the packed content is, where it does not fit.</summary>
    public const string ContentName = "crawl4_content_id";
    public const string Parts = "crawl4_parts";

    public const string ListingIndex = "crawl4-listing";
    public const string Shard = "crawl4_shard";
    public const string SortKey = "crawl4_sort";

    public const string ContentId = "content_id";
    public const string Part = "part";
    public const string Data = "data";
    public const string WrittenAt = "written_at";

    public const string SessionId = "session_id";
    public const string CreatedAt = "created_at";
    public const string LastUsedAt = "last_used_at";

    /// <summary>Says which put an item is of, where two could have the same revision.</summary>
    public const string Writer = "crawl4_writer";

    /// <summary>Keys that begin so are no URLs, but items of our own.</summary>
    public const string ReservedPrefix = "crawl4:";

    /// <summary>The key of an entry whose URL cannot be one: too long, or beginning like a reserved
    /// key.</summary>
    public const string HashedPrefix = ReservedPrefix + "sha256:";

    /// <summary>The item that says that every entry of the table is in the listing index.</summary>
    public const string TableMarker = ReservedPrefix + "table";
    public const string ListingComplete = "crawl4_listing_complete";

    /// <summary>The item that holds the rollout's state.</summary>
    public const string Control = ReservedPrefix + "control";
    public const string Rollout = "crawl4_rollout";
    public const string Revision = "crawl4_revision";
}
