using Crawl4.Core.Crawling;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>Many crawls at once: bounded, streaming, and leaving nothing behind.</summary>
public class CrawlStreamTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Results_ComeAsTheyAreDone_NotInOrder()
    {
        var slow = new TaskCompletionSource();
        var results = CrawlStream.RunAsync(
            Requests("slow", "quick"),
            async (request, stop) =>
            {
                if (request.Url == "slow")
                {
                    await slow.Task.WaitAsync(stop);
                }

                return new CrawlResult { Url = request.Url };
            },
            2,
            CancellationToken.None);
        var order = new List<string>();
        await foreach (var result in results)
        {
            order.Add(result.Url);
            slow.TrySetResult();
        }

        Assert.Equal(["quick", "slow"], order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Crawls_UnderWay_NeverExceedTheLimit(int limit)
    {
        var running = 0;
        var most = 0;
        var urls = Enumerable.Range(0, 50).Select(i => $"{i}").ToArray();
        var count = 0;
        await foreach (var _ in CrawlStream.RunAsync(
            Requests(urls),
            async (request, stop) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return new CrawlResult { Url = request.Url };
            },
            limit,
            CancellationToken.None))
        {
            count++;
        }

        Assert.Equal(urls.Length, count);
        Assert.InRange(most, 1, limit);
    }

    [Fact]
    public async Task CallerThatStopsEarly_LeavesNothingRunning()
    {
        var started = 0;
        var ended = 0;
        await foreach (var _ in CrawlStream.RunAsync(
            Requests("first", "hangs", "hangs too", "never asked for"),
            async (request, stop) =>
            {
                Interlocked.Increment(ref started);
                try
                {
                    if (request.Url != "first")
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                    }

                    return new CrawlResult { Url = request.Url };
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            },
            2,
            CancellationToken.None))
        {
            break;
        }

        Assert.Equal(started, ended);
        Assert.InRange(started, 1, 2);
    }

    [Fact]
    public async Task Fault_InOneCrawl_SurfacesAndEndsTheOthers()
    {
        var othersEnded = new TaskCompletionSource();
        var failure = await Assert.ThrowsAsync<Crawl4Exception>(async () =>
        {
            await foreach (var _ in CrawlStream.RunAsync(
                Requests("hangs", "fails"),
                async (request, stop) =>
                {
                    if (request.Url == "fails")
                    {
                        throw new Crawl4Exception(Crawl4ErrorCode.StoreCorrupt, "not a database", "crawl4ai.db");
                    }

                    try
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                        return new CrawlResult { Url = request.Url };
                    }
                    finally
                    {
                        othersEnded.SetResult();
                    }
                },
                2,
                CancellationToken.None))
            {
            }
        });
        Assert.Equal(Crawl4ErrorCode.StoreCorrupt, failure.Code);
        await othersEnded.Task.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Cancelling_StopsWaitingForTheSourceToo()
    {
        using var stop = new CancellationTokenSource();
        var enumerating = Task.Run(async () =>
        {
            await foreach (var _ in CrawlStream.RunAsync(
                Never(), (_, _) => throw new InvalidOperationException(), 1, stop.Token))
            {
            }
        });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => enumerating.WaitAsync(Deadline));
    }

    private static async IAsyncEnumerable<CrawlRequest> Requests(params string[] urls)
    {
        foreach (var url in urls)
        {
            await Task.Yield();
            yield return new CrawlRequest { Url = url };
        }
    }

    private static async IAsyncEnumerable<CrawlRequest> Never(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
