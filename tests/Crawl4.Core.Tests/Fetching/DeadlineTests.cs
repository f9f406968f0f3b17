using System.Net.Sockets;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Fetch_ServerThatNeverAnswers_EndsAtTheFirstByteDeadline()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            asked.SetResult();
            await connection.WaitForCloseAsync();
        });
        using var fetcher = FetchSetup.Fetcher(time: time);

        var fetching = fetcher.GetAsync(server.Url);
        await asked.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(fetching.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var page = await fetching.WaitAsync(Patience);

        Assert.Equal(Crawl4ErrorCode.PageTimeout, page.Error?.Code);
        Assert.Contains("first-byte timeout", page.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("30 s", page.Error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(31), page.Elapsed);
    }

    [Fact]
    public async Task Fetch_BodyThatDrips_EndsAtTheTotalDeadline()
    {
        var time = new FakeTimeProvider();
        var began = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na");
            began.SetResult();
            await connection.WaitForCloseAsync();
        });
        using var fetcher = FetchSetup.Fetcher(time: time);

        var fetching = fetcher.FetchAsync(
            new FetchRequest { Url = server.Url, Timeout = TimeSpan.FromSeconds(7) }, CancellationToken.None);
        await began.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(8));
        var page = await fetching.WaitAsync(Patience);

        Assert.Equal(Crawl4ErrorCode.PageTimeout, page.Error?.Code);
        Assert.Contains("7 s (total timeout)", page.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("", page.Content);
    }

    [Fact]
    public async Task Fetch_HandshakeThatHangs_EndsAtTheConnectDeadline()
    {
        var time = new FakeTimeProvider();
        var connected = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.Stream.ReadExactlyAsync(new byte[1]);
            connected.SetResult();
            await connection.WaitForCloseAsync();
        });
        using var fetcher = FetchSetup.Fetcher(time: time);

        var fetching = fetcher.GetAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal));
        await connected.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(11));
        var page = await fetching.WaitAsync(Patience);

        Assert.Equal(Crawl4ErrorCode.PageTimeout, page.Error?.Code);
        Assert.Contains("connect timeout", page.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NameServerThatHangs_EndsAtTheConnectDeadline()
    {
        var time = new FakeTimeProvider();
        var resolver = new HangingResolver();
        using var fetcher = FetchSetup.Fetcher(time: time, resolver: resolver);

        var fetching = fetcher.GetAsync("http://slow.example/");
        await resolver.Asked.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(11));
        var page = await fetching.WaitAsync(Patience);

        Assert.Equal(Crawl4ErrorCode.PageTimeout, page.Error?.Code);
        Assert.Contains("connect timeout", page.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_RedirectsThatTakeTheirTime_ShareOneTotalDeadline()
    {
        var time = new FakeTimeProvider();
        await using var site = await TestSite.StartAsync();
        site.Map("/a", context =>
        {
            time.Advance(TimeSpan.FromSeconds(25));
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = $"/a?{site.Hits.Count}";
            return Task.CompletedTask;
        });
        using var fetcher = FetchSetup.Fetcher(time: time);

        var page = await fetcher.GetAsync(site.UrlOf("/a")).WaitAsync(Patience);

        Assert.Equal(Crawl4ErrorCode.PageTimeout, page.Error?.Code);
        Assert.Contains("total timeout", page.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(3, site.Hits.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetch_Cancelled_ThrowsAndClosesTheConnection(bool headersSent)
    {
        var waiting = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            if (headersSent)
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
            }

            waiting.SetResult();
            try
            {
                await connection.WaitForCloseAsync();
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
            }

            closed.SetResult();
        });
        using var fetcher = FetchSetup.Fetcher();
        using var stop = new CancellationTokenSource();

        var fetching = fetcher.FetchAsync(new FetchRequest { Url = server.Url }, stop.Token);
        await waiting.Task.WaitAsync(Patience);
        await stop.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fetching.WaitAsync(Patience));
        Assert.Equal(stop.Token, failure.CancellationToken);
        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Fetch_CancelledDuringTheHandshake_ClosesTheConnection()
    {
        var connected = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.Stream.ReadExactlyAsync(new byte[1]);
            connected.SetResult();
            try
            {
                await connection.WaitForCloseAsync();
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
            }

            closed.SetResult();
        });
        using var fetcher = FetchSetup.Fetcher(time: new FakeTimeProvider());
        using var stop = new CancellationTokenSource();

        var fetching = fetcher.FetchAsync(
            new FetchRequest { Url = server.Url.Replace(
                "http:", "https:", StringComparison.Ordinal) }, stop.Token);
        await connected.Task.WaitAsync(Patience);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.WaitAsync(Patience));
        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Fetch_AlreadyCancelled_ThrowsAndAsksNobody()
    {
        await using var site = await TestSite.StartAsync();
        using var fetcher = FetchSetup.Fetcher();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fetcher.FetchAsync(
                new FetchRequest { Url = site.Url }, new CancellationToken(canceled: true)));

        Assert.Empty(site.Hits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Fetch_TimeoutThatCannotBeMeant_IsOptionInvalid(int seconds)
    {
        using var fetcher = FetchSetup.Fetcher();

        var page = await fetcher.FetchAsync(
            new FetchRequest { Url = "http://127.0.0.1:1/", Timeout = TimeSpan.FromSeconds(
                seconds) }, CancellationToken.None);

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, page.Error?.Code);
    }

    private sealed class HangingResolver : Core.Fetching.Egress.IHostResolver
    {
        public TaskCompletionSource Asked { get; } = new();

        public async Task<System.Net.IPAddress[]> ResolveAsync(
            string host, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        }
    }
}
