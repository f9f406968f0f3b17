using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Crawling;

/// <summary>What an engine is made of. Time and environment come in here, so that a test can give its own.</summary>
public sealed record Crawl4EngineOptions
{
    /// <summary>The base directory; the cache folder is <c>.crawl4ai</c> in it. Null takes
    /// CRAWL4_AI_BASE_DIRECTORY, then the user's home directory.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>How pages are fetched. Its download folder is set by the engine.</summary>
    public HttpFetchOptions Fetch { get; init; } = new();

    /// <summary>How long a busy store is waited for.</summary>
    /// <value>30 seconds, as Crawl4AI waits.</value>
    public TimeSpan StoreBusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gives the value of an environment variable.</summary>
    /// <value>The process environment.</value>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    /// <value>Nowhere.</value>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
