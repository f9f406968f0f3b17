using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Polly;
using Polly.Retry;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Sends requests: so many at once, again where that may help, and no longer than allowed.</summary>
internal sealed class ModelTransport : IDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly ModelEndpoint _endpoint;
    private readonly ApiKey _key;
    private readonly HttpPageFetcher _fetcher;
    private readonly TimeProvider _time;
    private readonly IEventSink _events;
    private readonly ModelFailures _failures;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline<FetchedPage> _retries;

    public ModelTransport(
        ModelEndpoint endpoint,
        ApiKey key,
        HttpPageFetcher fetcher,
        Random random,
        TimeProvider time,
        IEventSink events)
    {
        _endpoint = endpoint;
        _key = key;
        _fetcher = fetcher;
        _time = time;
        _events = events;
        _failures = new ModelFailures(endpoint, key);
        _slots = new SemaphoreSlim(endpoint.MaxParallelRequests);
        _retries = Retries(random);
    }

    /// <summary>Posts JSON to a path below the endpoint's address.</summary>
    /// <exception cref="Crawl4Exception">The time was up, or the request may not be sent.</exception>
    public async Task<ModelReply> PostAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PostNowAsync(path, body, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<ModelReply> PostNowAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var url = $"{_endpoint.BaseUrl.TrimEnd('/')}/{path}";
        using var deadline = new CancellationTokenSource(_endpoint.TotalTimeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = ResilienceContextPool.Shared.Get(ending.Token);
        context.Properties.Set(RetryRules.End, _time.GetUtcNow() + _endpoint.TotalTimeout);
        try
        {
            var page = await _retries.ExecuteAsync(
                (each, request) => new ValueTask<FetchedPage>(_fetcher.FetchAsync(request, each.CancellationToken)),
                context,
                RequestOf(url, body)).ConfigureAwait(false);
            return new ModelReply(page.Content, page.StatusCode, _failures.Of(page));
        }
        catch (OperationCanceledException cause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.Late(url).ToException(cause);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private FetchRequest RequestOf(string url, byte[] body)
    {
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json",
            ["Accept"] = "application/json",
        };
        _key.AddTo(headers);
        _events.Debug(EventIds.ModelAsked, $"{_endpoint.Model}: {body.Length:N0} bytes to {url}");
        return new FetchRequest { Url = url, Method = "POST", Headers = headers, Body = body };
    }

    private ResiliencePipeline<FetchedPage> Retries(Random random)
    {
        if (_endpoint.MaxRetries == 0)
        {
            return ResiliencePipeline<FetchedPage>.Empty;
        }

        var gate = new Lock();
        return new ResiliencePipelineBuilder<FetchedPage> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<FetchedPage>
            {
                MaxRetryAttempts = _endpoint.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _endpoint.RetryDelay,
                MaxDelay = LongestDelay,
                Randomizer = () =>
                {
                    lock (gate)
                    {
                        return random.NextDouble();
                    }
                },
                ShouldHandle = each => ValueTask.FromResult(
                    each.Outcome.Result is { } page && RetryRules.IsWorthwhile(page, each.Context, _time)),
                DelayGenerator = each => ValueTask.FromResult(
                    RetryRules.RetryAfter(each.Outcome.Result!, _time.GetUtcNow())),
                OnRetry = each =>
                {
                    var why = _failures.Of(each.Outcome.Result!)!.Message;
                    _events.Warn(
                        EventIds.ModelRetried, $"{why} Asking again in {each.RetryDelay.TotalSeconds:0.#} s.");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }
}
