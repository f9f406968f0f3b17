using System.Net.Sockets;
using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.LanguageModels;

/// <summary>When a question is asked again, and when it ends.</summary>
public class ModelRetryTests
{
    private static readonly ChatRequest Question = new("", "What is it?");

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task Overload_IsAskedAgain_UntilItAnswers(int status)
    {
        await using var site = await ModelSite.StartAsync((context, number, _) =>
        {
            context.Response.StatusCode = number < 2 ? status : 200;
            return context.Response.WriteAsync(number < 2 ? "busy" : ModelSite.Chat("now"));
        });
        using var client = site.Client();

        Assert.Equal("now", (await client.AskAsync(Question, CancellationToken.None)).Text);
        Assert.Equal(3, site.Asked);
        Assert.Equal(1, client.Usage.Requests);
    }

    [Theory]
    [InlineData(429, Crawl4ErrorCode.ModelUnavailable, 4, "slow down")]
    [InlineData(500, Crawl4ErrorCode.ModelUnavailable, 4, "oh no")]
    [InlineData(429, Crawl4ErrorCode.ModelForbidden, 1, "insufficient_quota")]
    [InlineData(401, Crawl4ErrorCode.ModelForbidden, 1, "bad key")]
    [InlineData(404, Crawl4ErrorCode.ModelForbidden, 1, "no such model")]
    [InlineData(400, Crawl4ErrorCode.ModelRefused, 1, "too long")]
    [InlineData(501, Crawl4ErrorCode.ModelUnavailable, 1, "not here")]
    public async Task Failure_IsAskedAgainOnlyWhereThatHelps(int status, Crawl4ErrorCode code, int asked, string words)
    {
        await using var site = await ModelSite.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($$$"""{"error":{"message":"{{{words}}}"}}""");
        });
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(code, failure.Code);
        Assert.Equal(asked, site.Asked);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains("tiny", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor_NeitherLessNorMore()
    {
        var time = new FakeTimeProvider();
        var events = new SignallingEvents();
        await using var site = await ModelSite.StartAsync((context, number, _) =>
        {
            context.Response.StatusCode = number == 0 ? 429 : 200;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync(number == 0 ? "" : ModelSite.Chat("now"));
        });
        using var client = site.Client(time: time, events: events);

        var asking = client.AskAsync(Question, CancellationToken.None);
        await events.NextAsync(EventIds.ModelRetried);
        await time.WhenTimersAsync(2);
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(1, site.Asked);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("now", (await asking).Text);
        Assert.Equal(2, site.Asked);
    }

    [Fact]
    public async Task RetryAfter_BeyondTheDeadline_IsNotWaitedFor()
    {
        await using var site = await ModelSite.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelUnavailable, failure.Code);
        Assert.True(failure.IsTransient);
        Assert.Equal(1, site.Asked);
    }

    [Fact]
    public async Task Connection_CutHalfWay_IsAskedAgain()
    {
        var count = 0;
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            var body = Encoding.UTF8.GetBytes(ModelSite.Chat("whole"));
            var answer = RawServer.Answer(body, "Content-Type: application/json\r\n");
            if (Interlocked.Increment(ref count) == 1)
            {
                await connection.SendAsync(answer.AsMemory(0, answer.Length - 9));
                return;
            }

            await connection.SendAsync(answer);
        });
        using var client = ClientOf(new ModelEndpoint
        {
            BaseUrl = server.Url,
            Model = "tiny",
            ApiKeyVariable = "",
            AllowPrivate = true,
            RetryDelay = TimeSpan.Zero,
        });

        Assert.Equal("whole", (await client.AskAsync(Question, CancellationToken.None)).Text);
        Assert.Equal(2, server.ConnectionCount);
    }

    [Fact]
    public async Task Deadline_EndsAQuestion_WhoseAnswerIsTooSlow()
    {
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await ModelSite.StartAsync(async (context, _, _) =>
        {
            arrived.TrySetResult();
            await WhenGoneAsync(context);
        });
        var endpoint = site.Endpoint with { TotalTimeout = TimeSpan.FromSeconds(20), RequestTimeout = TimeSpan.FromSeconds(60) };
        using var client = site.Client(endpoint, time);

        var asking = client.AskAsync(Question, CancellationToken.None);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(20));

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => asking);
        Assert.Equal(Crawl4ErrorCode.ModelUnavailable, failure.Code);
        Assert.Contains("within 20 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_EndsTheRequestItself()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await ModelSite.StartAsync(async (context, _, _) =>
        {
            arrived.TrySetResult();
            await WhenGoneAsync(context);
            gone.TrySetResult();
        });
        using var client = site.Client();
        using var cancel = new CancellationTokenSource();

        var asking = client.AskAsync(Question, cancel.Token);
        await arrived.Task;
        await cancel.CancelAsync();

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(cancel.Token, stopped.CancellationToken);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, site.Asked);
    }

    [Fact]
    public async Task Requests_UnderWayAtOnce_AreNoMoreThanAllowed()
    {
        var events = new RecordedEvents();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await ModelSite.StartAsync(async (context, _, _) =>
        {
            await release.Task;
            await context.Response.WriteAsync(ModelSite.Chat("x"));
        });
        using var client = site.Client(site.Endpoint with { MaxParallelRequests = 3 }, events: events);

        // A question is announced before its call first waits for anything, unless there is no room for it.
        var asking = Enumerable.Range(0, 12).Select(_ => client.AskAsync(Question, CancellationToken.None)).ToList();

        Assert.Equal(3, events.All.Count(item => item.Id == EventIds.ModelAsked));
        release.SetResult();
        await Task.WhenAll(asking);
        Assert.Equal(12, client.Usage.Requests);
    }

    [Fact]
    public async Task Endpoint_ThatNobodyListensAt_IsUnavailable()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = ClientOf(new ModelEndpoint
        {
            BaseUrl = $"http://127.0.0.1:{port}/v1",
            Model = "tiny",
            ApiKeyVariable = "",
            AllowPrivate = true,
            MaxRetries = 0,
        });

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelUnavailable, failure.Code);
    }

    private static ModelClient ClientOf(ModelEndpoint endpoint) =>
        new(endpoint, ModelSite.Environment, new Random(1), TimeProvider.System, NullEventSink.Instance);

    private static async Task WhenGoneAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }
}
