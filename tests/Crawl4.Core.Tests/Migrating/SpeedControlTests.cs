using Crawl4.Core.Migrating;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>How many writes go on at once, and how many units they use.</summary>
public class SpeedControlTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Enter_MoreThanTheMost_WaitsForAPlace()
    {
        var speed = Control(2);
        await speed.EnterAsync(default);
        await speed.EnterAsync(default);
        var third = speed.EnterAsync(default);
        Assert.False(third.IsCompleted);
        speed.Exit(TimeSpan.FromMilliseconds(1), throttled: false);
        await third;
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesItsPlaceToTheNext()
    {
        var speed = Control(1);
        await speed.EnterAsync(default);
        using var cancel = new CancellationTokenSource();
        var second = speed.EnterAsync(cancel.Token);
        var third = speed.EnterAsync(default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        speed.Exit(TimeSpan.FromMilliseconds(1), throttled: false);
        await third;
    }

    [Fact]
    public async Task Exit_Throttled_HalvesOnceAMomentAndGrowsAgain()
    {
        var speed = Control(16);
        await GoAsync(speed, 2, TimeSpan.FromMilliseconds(5), throttled: true);
        Assert.Equal(8, speed.Limit);
        _time.Advance(TimeSpan.FromSeconds(1));
        await GoAsync(speed, 1, TimeSpan.FromMilliseconds(5), throttled: true);
        Assert.Equal(4, speed.Limit);
        await GoAsync(speed, 500, TimeSpan.FromMilliseconds(5), throttled: false);
        Assert.Equal(16, speed.Limit);
    }

    [Fact]
    public async Task Exit_AnswersMuchSlowerThanBefore_GoesSlower()
    {
        var speed = Control(16);
        await GoAsync(speed, 50, TimeSpan.FromMilliseconds(400), throttled: false);
        Assert.Equal(16, speed.Limit);
        await GoAsync(speed, 50, TimeSpan.FromMilliseconds(100), throttled: false);
        await GoAsync(speed, 50, TimeSpan.FromMilliseconds(450), throttled: false);
        Assert.Equal(12, speed.Limit);
    }

    [Fact]
    public async Task Pace_MoreUnitsThanAllowed_WaitsUntilTheyAreMadeUpFor()
    {
        var used = 0.0;
        var pace = new UnitPace(() => used, _time) { Rate = 100 };
        await pace.WaitAsync(default);
        used += 250;
        var waiting = pace.WaitAsync(default);
        _time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private SpeedControl Control(int most)
    {
        var speed = new SpeedControl(_time);
        speed.SetMost(most);
        return speed;
    }

    private static async Task GoAsync(SpeedControl speed, int times, TimeSpan took, bool throttled)
    {
        for (var i = 0; i < times; i++)
        {
            await speed.EnterAsync(default);
            speed.Exit(took, throttled);
        }
    }
}
