using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>What was just written is known for a while, and no longer kept.</summary>
public sealed class RecentWritesTests
{
    private const int Many = 10_001;

    [Fact]
    public void Add_ManyForLong_KeepsThoseOfTheLastSecondsOnly()
    {
        var time = new FakeTimeProvider();
        var recent = new RecentWrites(time);
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < Many; i++)
            {
                recent.Add($"{round} {i}");
            }

            time.Advance(TimeSpan.FromSeconds(6));
            recent.Add($"{round}");
            Assert.Equal(1, recent.Count);
            Assert.True(recent.Contains($"{round}"));
            Assert.False(recent.Contains($"{round} 1"));
        }
    }
}
