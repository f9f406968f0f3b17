using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.LanguageModels.Calling;

namespace Crawl4.Core.LanguageModels;

/// <summary>Asks any OpenAI-compatible endpoint: chat completions and embeddings. Requests go through the fetcher's
/// egress policy, are sent again where that may help, and are bounded in number, time and size. The key is sent to the
/// endpoint and shown nowhere else: where an answer repeats it, it is blotted out.</summary>
public sealed class ModelClient : IChatModel, IEmbeddingModel, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ModelEndpoint _endpoint;
    private readonly HttpPageFetcher _fetcher;
    private readonly ModelTransport _transport;
    private readonly ChatProtocol _chat;
    private readonly EmbeddingProtocol _embedding;
    private ModelUsage _usage = ModelUsage.None;

    /// <summary>Makes a client.</summary>
    /// <param name="endpoint">Which model, and how it is asked.</param>
    /// <param name="environment">Gives the value of an environment variable, or null. Asked for the key, once.</param>
    /// <param name="random">Spreads the waits before retries.</param>
    /// <param name="timeProvider">The clock of all deadlines.</param>
    /// <param name="events">Where events go.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option has a value that
    /// is not allowed, or there is no key.</exception>
    public ModelClient(
        ModelEndpoint endpoint,
        Func<string, string?> environment,
        Random random,
        TimeProvider timeProvider,
        IEventSink events)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(events);
        _endpoint = ModelEndpointCheck.Checked(endpoint);
        var key = ApiKey.Read(endpoint.ApiKeyVariable, environment);
        _fetcher = new HttpPageFetcher(FetchOptionsOf(endpoint), timeProvider, events);
        _transport = new ModelTransport(endpoint, key, _fetcher, random, timeProvider, events);
        _chat = new ChatProtocol(endpoint, key);
        _embedding = new EmbeddingProtocol(endpoint);
        Fingerprint = ModelFingerprint.Of(endpoint);
    }

    /// <inheritdoc cref="IChatModel.Fingerprint"/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public int MaxParallelRequests => _endpoint.MaxParallelRequests;

    /// <summary>All that was asked through this client so far.</summary>
    public ModelUsage Usage
    {
        get
        {
            lock (_gate)
            {
                return _usage;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            var format = _chat.Format;
            var reply = await _transport.PostAsync(
                "chat/completions", _chat.Write(request, format), cancellationToken).ConfigureAwait(false);
            if (reply.Failure is { } failure)
            {
                if (_chat.StepsDown(request, format, reply))
                {
                    continue;
                }

                throw failure.ToException();
            }

            return _chat.Read(reply.Body, Count);
        }
    }

    /// <inheritdoc/>
    public async Task<EmbeddedTexts> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var batches = texts.Chunk(EmbeddingProtocol.BatchSize).ToList();
        var answers = new EmbeddedTexts[batches.Count];
        var atOnce = new ParallelOptions
        {
            MaxDegreeOfParallelism = MaxParallelRequests,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, batches.Count, atOnce, async (batch, stop) =>
        {
            var request = _embedding.Write(batches[batch]);
            var reply = await _transport.PostAsync("embeddings", request, stop).ConfigureAwait(false);
            answers[batch] = reply.Failure is { } failure
                ? throw failure.ToException()
                : _embedding.Read(reply.Body, batches[batch].Length, Count);
        }).ConfigureAwait(false);
        return _embedding.Join(answers);
    }

    /// <summary>Closes all connections. Questions under way fail.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        _fetcher.Dispose();
    }

    private void Count(ModelUsage usage)
    {
        lock (_gate)
        {
            _usage += usage;
        }
    }

    private static HttpFetchOptions FetchOptionsOf(ModelEndpoint endpoint) => new()
    {
        Egress = new EgressPolicy
        {
            AllowPrivate = endpoint.AllowPrivate,
            AllowPublic = endpoint.BaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase),
        },
        MaxBodyBytes = endpoint.MaxAnswerBytes,
        MaxRedirects = 0,
        FirstByteTimeout = endpoint.RequestTimeout,
        TotalTimeout = endpoint.RequestTimeout,
        Proxy = endpoint.Proxy,
        ProxyCredential = endpoint.ProxyCredential,
        SkipCertificateCheck = endpoint.SkipCertificateCheck,
    };
}
