namespace Crawl4.Core;

/// <summary>What went wrong, in words that do not change between releases. Every code has its advice and its
/// transience in <see cref="Crawl4Error"/>, and its row in about_Crawl4_Errors.</summary>
public enum Crawl4ErrorCode
{
    /// <summary>The page did not answer, or not wholly, within its deadline.</summary>
    PageTimeout,

    /// <summary>No connection: name not found, refused, reset, or TLS failed.</summary>
    PageUnreachable,

    /// <summary>The server says there is no such page (404, 410).</summary>
    PageNotFound,

    /// <summary>The server refuses the page (401, 402, 403, 407, 451).</summary>
    PageForbidden,

    /// <summary>The server asks to come back later (429).</summary>
    RateLimited,

    /// <summary>The server cannot answer for now (408, 425, 500, 502, 503, 504).</summary>
    PageUnavailable,

    /// <summary>The server answered with another error status (4xx, 5xx).</summary>
    PageFailed,

    /// <summary>The answer is a bot wall, not the page that was asked for.</summary>
    PageBlocked,

    /// <summary>The body is larger than allowed, or decompresses out of proportion.</summary>
    PageTooLarge,

    /// <summary>The body cannot be decoded or parsed as what it claims to be.</summary>
    PageUnreadable,

    /// <summary>More redirects than allowed, or a redirect to where it came from.</summary>
    TooManyRedirects,

    /// <summary>The egress policy forbids the address or the scheme.</summary>
    EgressForbidden,

    /// <summary>Not a URL that can be crawled.</summary>
    UrlInvalid,

    /// <summary>The cache has no entry for the URL.</summary>
    EntryMissing,

    /// <summary>The entry is there, but part of its content is missing or not what was written.</summary>
    EntryDamaged,

    /// <summary>The store cannot be opened or reached.</summary>
    StoreUnavailable,

    /// <summary>Another writer held the store for longer than the deadline.</summary>
    StoreBusy,

    /// <summary>The store's folder or file cannot be written.</summary>
    StoreReadOnly,

    /// <summary>No space left where the store is.</summary>
    StoreFull,

    /// <summary>The database file is not a database, or is corrupt.</summary>
    StoreCorrupt,

    /// <summary>The language model's endpoint cannot be reached, is overloaded, or does not answer in
    /// time.</summary>
    ModelUnavailable,

    /// <summary>The language model's endpoint does not let us ask: key, permission, quota, or no such model.</summary>
    ModelForbidden,

    /// <summary>The language model, or its endpoint, refuses this question.</summary>
    ModelRefused,

    /// <summary>The language model answered with something that cannot be used.</summary>
    ModelAnswerInvalid,

    /// <summary>The store refuses: credentials are missing, expired, or without the permission.</summary>
    StoreForbidden,

    /// <summary>The store understood the request and refuses it for good: it does not know the operation, or finds
    /// it invalid.</summary>
    StoreRejected,

    /// <summary>A DynamoDB table is not there.</summary>
    TableMissing,

    /// <summary>A setting or parameter has a value that is not allowed.</summary>
    OptionInvalid,

    /// <summary>What is kept of the rollout cannot be read.</summary>
    RolloutStateInvalid,

    /// <summary>Somebody else changed the rollout at the same time.</summary>
    RolloutConflict,

    /// <summary>Something that a step of the rollout needs is missing.</summary>
    RolloutNotReady,

    /// <summary>Another process runs a migration of the same cache, or has taken this one over.</summary>
    MigrationHeld,

    /// <summary>A folder of exported entries is not whole, not what was written, or of an unknown version.</summary>
    ExportInvalid,
}
