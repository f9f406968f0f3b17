using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Verifying;

/// <summary>How a verification works.</summary>
public sealed record VerificationOptions
{
    /// <summary>See <see cref="SettlingTime"/>.</summary>
    public static readonly TimeSpan DefaultSettlingTime = TimeSpan.FromSeconds(5);

    /// <summary>See <see cref="SampleSize"/>.</summary>
    public const int DefaultSampleSize = 1000;

    /// <summary>The largest sample: it is held in memory.</summary>
    public const int MaxSampleSize = 1_000_000;

    /// <summary>How thoroughly.</summary>
    /// <value>Full.</value>
    public VerificationMode Mode { get; init; } = VerificationMode.Full;

    /// <summary>How many entries a sample has: at most so many are held in memory.</summary>
    /// <value>1,000, which finds one mismatch in 330 with 95 % certainty. From 1 to 1,000,000.</value>
    public int SampleSize { get; init; } = DefaultSampleSize;

    /// <summary>What a sample is chosen by. The same seed over the same entries chooses the same ones.</summary>
    public required int Seed { get; init; }

    /// <summary>Only URLs for which this is true. Null means all. What leaves URLs out is no full verification, whatever
    /// its mode, and leaves no mark behind.</summary>
    public Func<string, bool>? Includes { get; init; }

    /// <summary>Reads all content of DynamoDB too, and checks it against its digest. Without that, what is damaged there
    /// is not found, and a verification costs a small part of it: DynamoDB charges by size.</summary>
    /// <value>True.</value>
    public bool ChecksContent { get; init; } = true;

    /// <summary>Looks for content that no entry refers to.</summary>
    /// <value>True.</value>
    public bool FindsOrphans { get; init; } = true;

    /// <summary>How long a difference has to stay as it is before it counts: longer than a write takes to reach the other
    /// store.</summary>
    /// <value>5 seconds; DynamoDB's replicas and its index follow within about one.</value>
    public TimeSpan SettlingTime { get; init; } = DefaultSettlingTime;

    /// <summary>How often an entry is looked at again that goes on changing, or waits to be delivered.</summary>
    /// <value>5.</value>
    public int MaxRechecks { get; init; } = 5;

    /// <summary>How old content has to be that no entry refers to: what is younger may be on its way.</summary>
    /// <value>1 hour; no write takes longer than minutes.</value>
    public TimeSpan SafeAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a continuous verification rests between two rounds.</summary>
    /// <value>1 minute.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Begins at the start even where an earlier run was stopped on its way.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>Told now and then how far it is. Called from any thread.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    /// <value>Nowhere.</value>
    public IEventSink Events { get; init; } = NullEventSink.Instance;
}
