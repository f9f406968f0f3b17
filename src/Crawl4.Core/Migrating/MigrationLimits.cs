using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>How fast a migration may go. Can be changed while it runs.</summary>
public sealed record MigrationLimits
{
    /// <summary>The most entries a chunk has. More gain nothing: chunks overlap.</summary>
    public const int MaxBatchSize = 10_000;

    /// <summary>The most writes under way at once: what a DynamoDB client has connections for at most.</summary>
    public const int MaxThrottleLimit = 1000;

    /// <summary>How many entries a chunk has at most. After each chunk it is written down how far the migration
    /// is.</summary>
    /// <value>25.</value>
    public int BatchSize { get; init; } = 25;

    /// <summary>How many writes are under way at once at most. Fewer are while the store throttles or
    /// slows down.</summary>
    /// <value>8.</value>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How many write units a second are used at most. Null for as many as there are.</summary>
    /// <remarks>Where this is given, and once the store has throttled, entries are packed into fewer bytes for more
    /// processor time.</remarks>
    public double? MaxWriteUnits { get; init; }

    /// <summary>How entries are packed as long as the store does not throttle.</summary>
    internal EntryPacking Packing => MaxWriteUnits is null ? EntryPacking.Quick : EntryPacking.Small;

    /// <summary>Checks the values.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where one is not
    /// allowed.</exception>
    public void Check()
    {
        Check(nameof(BatchSize), BatchSize, 1, MaxBatchSize);
        Check(nameof(ThrottleLimit), ThrottleLimit, 1, MaxThrottleLimit);
        if (MaxWriteUnits is { } units && !(units >= 1 && double.IsFinite(units)))
        {
            throw Invalid(nameof(MaxWriteUnits), $"{units}", "a number from 1");
        }
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw Invalid(name, $"{value}", $"a whole number from {least} to {most}");
        }
    }

    private static Crawl4Exception Invalid(string name, string value, string allowed) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"{name} is {value}.", name) { Advice = $"Give {allowed}." }.ToException();
}
