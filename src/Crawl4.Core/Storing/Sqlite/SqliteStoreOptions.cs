using Crawl4.Core.Diagnostics;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Where and how a SQLite store works.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The cache folder. It is created by the first write, never by a read.</summary>
    public required CacheFolder Folder { get; init; }

    /// <summary>How long a busy database is waited for.</summary>
    /// <value>30 seconds, as Crawl4AI waits.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a session lasts after its last use.</summary>
    /// <value>24 hours.</value>
    public TimeSpan SessionTimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    /// <value>Nowhere.</value>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
