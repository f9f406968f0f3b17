namespace Crawl4.Core.Diagnostics;

/// <summary>The numbers of all events, a thousand an area. A number that is no longer raised stays here with a
/// note and is never given to another event.</summary>
public static class EventIds
{
    /// <summary>Crawling: a cache hit was used.</summary>
    public const int CacheHit = 1000;

    /// <summary>Crawling: the page has to be fetched, and why.</summary>
    public const int CacheMiss = 1001;

    /// <summary>Crawling: a result was not stored, and why.</summary>
    public const int NotStored = 1002;

    /// <summary>Crawling: the cache could not be read or written; the crawl went on without it.</summary>
    public const int CacheFailed = 1003;

    /// <summary>Crawling: derived content was made anew from stored HTML.</summary>
    public const int ReadAnew = 1004;

    /// <summary>Fetching: a request was sent.</summary>
    public const int RequestSent = 2000;

    /// <summary>Fetching: a redirect was followed.</summary>
    public const int RedirectFollowed = 2001;

    /// <summary>Fetching: the egress policy refused an address.</summary>
    public const int EgressRefused = 2002;

    /// <summary>Fetching: a body was saved as a download.</summary>
    public const int DownloadSaved = 2003;

    /// <summary>Storing: known damage was seen and healed while reading.</summary>
    public const int EntryHealed = 4000;

    /// <summary>Storing: an entry is damaged.</summary>
    public const int EntryDamaged = 4001;

    /// <summary>Storing: the database was busy and is waited for.</summary>
    public const int StoreBusy = 4002;

    /// <summary>Storing: a new cache was created.</summary>
    public const int StoreCreated = 4003;

    /// <summary>Storing: DynamoDB did not answer a read in time; SQLite does.</summary>
    public const int ReadFellBack = 4004;

    /// <summary>Storing: a write could not be delivered to DynamoDB yet.</summary>
    public const int DeliveryFailed = 4005;

    /// <summary>Storing: the figures of a process could not be written down.</summary>
    public const int FiguresNotWritten = 4006;

    /// <summary>Rollout: the state was changed.</summary>
    public const int RolloutChanged = 5000;

    /// <summary>Rollout: a place that keeps the state cannot be read or written.</summary>
    public const int RolloutUnreadable = 5001;

    /// <summary>Verifying: a round of a continuous verification has ended.</summary>
    public const int VerificationRound = 7000;

    /// <summary>Verifying: how far a verification is could not be kept.</summary>
    public const int CheckpointFailed = 7001;

    /// <summary>Verifying: what looks different is given time to be delivered, or to settle.</summary>
    public const int VerificationWaits = 7002;

    /// <summary>Migrating: a store fails, and the migration waits for it.</summary>
    public const int MigrationWaits = 6000;

    /// <summary>Language models: a question was sent.</summary>
    public const int ModelAsked = 10000;

    /// <summary>Language models: a question failed and will be sent again.</summary>
    public const int ModelRetried = 10001;

    /// <summary>Language models: a piece of a page could not be worked through; the others go on.</summary>
    public const int PieceFailed = 10002;

    /// <summary>Storing: a request to DynamoDB failed; it may be tried again.</summary>
    public const int RequestFailed = 4100;

    /// <summary>Storing: a listing reads a whole DynamoDB table, because its index does not have every
    /// entry.</summary>
    public const int WholeTableRead = 4101;

    /// <summary>Storing: chunks of a deleted entry are left in DynamoDB for now.</summary>
    public const int ChunksLeft = 4102;

    /// <summary>Storing: a request to DynamoDB took long, all its retries counted.</summary>
    public const int RequestSlow = 4103;

    /// <summary>Logs: lines could not be written, and how many.</summary>
    public const int LinesLost = 11000;
}
