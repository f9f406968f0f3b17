using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>How a hybrid store works.</summary>
public sealed record HybridOptions
{
    /// <summary>How long DynamoDB may take to answer a read before SQLite does. DynamoDB answers in single
    /// milliseconds; its client would wait for minutes.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long DynamoDB may take to take a write that is delivered. Nobody waits for it.</summary>
    public TimeSpan DeliveryDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what this process wrote is still delivered for when it ends. People wait for it.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>So many writes are delivered at once.</summary>
    public int MaxDeliveries { get; init; } = 32;

    /// <summary>How often the outbox is looked into without being told to, for what other programs
    /// wrote.</summary>
    public TimeSpan DrainInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So many failures in a row and DynamoDB is left alone for a while.</summary>
    public int BreakAfter { get; init; } = 5;

    /// <summary>How long it is left alone before it is tried again.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>False where the outbox is emptied only by <see cref="HybridCacheStore.DrainAsync"/>.</summary>
    public bool DrainsByItself { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
