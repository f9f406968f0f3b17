namespace Crawl4.PowerShell.Commands;

/// <summary>Ages and local times as the moments that a cache query takes.</summary>
internal static class CacheAge
{
    /// <summary>The moment so long ago.</summary>
    public static DateTimeOffset? Before(TimeSpan? age)
    {
        if (age is not { } given)
        {
            return null;
        }

        var now = TimeProvider.System.GetUtcNow();
        // Older than time itself: nothing is.
        return given >= now - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : now - given;
    }

    /// <summary>The moment that a date of PowerShell's means: local, unless it says otherwise.</summary>
    public static DateTimeOffset? TimeOf(DateTime? time)
    {
        if (time is not { } given)
        {
            return null;
        }

        var utc = given.ToUniversalTime();
        return new DateTimeOffset(utc.Ticks, TimeSpan.Zero);
    }

    /// <summary>The earlier of two moments; none counts as no bound.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
