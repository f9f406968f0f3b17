using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

public class VersionClockTests
{
    [Fact]
    public void Next_ClockStandsStill_Grows()
    {
        var clock = new VersionClock(new StoppedTime(DateTimeOffset.UnixEpoch.AddDays(1)));
        var first = clock.Next();
        Assert.Equal(VersionClock.FromTime(DateTimeOffset.UnixEpoch.AddDays(1)), first);
        Assert.Equal(first + 1, clock.Next());
        Assert.Equal(first + 1001, clock.Next(first + 1000));
        Assert.Equal(first + 1002, clock.Next());
    }

    [Fact]
    public void Next_ClockGoesBack_Grows()
    {
        var time = new StoppedTime(DateTimeOffset.UnixEpoch.AddDays(2));
        var clock = new VersionClock(time);
        var before = clock.Next();
        time.Now = DateTimeOffset.UnixEpoch.AddDays(1);
        Assert.True(clock.Next() > before);
    }

    [Fact]
    public async Task Next_ManyThreads_NoneTwice()
    {
        var clock = new VersionClock(new StoppedTime(DateTimeOffset.UnixEpoch));
        var given = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => clock.Next()).ToArray())));
        Assert.Equal(8000, given.SelectMany(v => v).Distinct().Count());
    }

    [Fact]
    public void FromTime_Before1970_IsZero() =>
        Assert.Equal(0, VersionClock.FromTime(DateTimeOffset.UnixEpoch.AddDays(-1)));

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
