namespace Crawl4.Core.Rollout;

/// <summary>What was seen of the reads of one store in a window of time.</summary>
/// <param name="Observations">How many reads.</param>
/// <param name="Errors">How many failed or passed their deadline.</param>
/// <param name="P50">Half of them took at most this.</param>
/// <param name="P99">99 of 100 took at most this.</param>
public readonly record struct StoreWindow(long Observations, long Errors, TimeSpan P50, TimeSpan P99)
{
    /// <summary>95 of 100 took at most this.</summary>
    public TimeSpan P95 { get; init; }

    /// <summary>The share of reads that failed, 0 to 1.</summary>
    public double ErrorRate => Observations == 0 ? 0 : (double)Errors / Observations;
}
