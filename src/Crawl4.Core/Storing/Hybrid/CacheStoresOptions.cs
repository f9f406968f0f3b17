using Crawl4.Core.Diagnostics;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What the stores of a cache are made of.</summary>
public sealed record CacheStoresOptions
{
    /// <summary>The cache folder.</summary>
    public required CacheFolder Folder { get; init; }

    /// <summary>How long a busy SQLite database is waited for.</summary>
    /// <value>30 seconds, as Crawl4AI waits.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where DynamoDB is. Null takes what the environment and the settings file say.</summary>
    public DynamoDbOptions? DynamoDb { get; init; }

    /// <summary>How the two stores work together. Its clock and its events are replaced by those given
    /// here.</summary>
    public HybridOptions Hybrid { get; init; } = new();

    /// <summary>Gives the value of an environment variable.</summary>
    /// <value>The process environment.</value>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The salt of a rollout that this process begins.</summary>
    /// <value>32 random hexadecimal digits.</value>
    public Func<string> NewSalt { get; init; } = () => Guid.NewGuid().ToString("N");

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    /// <value>Nowhere.</value>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
