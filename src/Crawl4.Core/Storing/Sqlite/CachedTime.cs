namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Times as Crawl4AI keeps them: seconds since 1970, a floating-point number, zero for none. That
/// number is coarser than a tick, so our side table keeps the ticks too.</summary>
internal static class CachedTime
{
    /// <summary>9999-12-31: later ones are no times of a crawl.</summary>
    private const double MaxSeconds = 253_402_300_799;

    public static double ToSeconds(DateTimeOffset? time) => time is { } given
        ? (given.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerSecond
        : 0;

    public static DateTimeOffset? FromSeconds(double? seconds) => seconds is > 0 and <= MaxSeconds
        ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds.Value * TimeSpan.TicksPerSecond))
        : null;
}
