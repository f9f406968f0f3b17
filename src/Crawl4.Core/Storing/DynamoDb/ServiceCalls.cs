using System.Globalization;
using Amazon.DynamoDBv2;
using Crawl4.Core.Diagnostics;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>The one way in which DynamoDB is called: a bounded number of requests at a time, a deadline for each
/// try and one for the call, retries of what passes by itself, and errors that say what to do.</summary>
internal sealed class ServiceCalls : IDisposable
{
    /// <summary>AWS's advice for the first wait; each later one is about twice as long:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    /// <summary>A table that was throttled recovers within seconds; longer waits only waste the
    /// deadline.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly IAmazonDynamoDB _client;
    private readonly DynamoDbOptions _options;
    private readonly SemaphoreSlim _connections;
    private readonly ResiliencePipeline _pipeline;

    public ServiceCalls(IAmazonDynamoDB client, DynamoDbOptions options)
    {
        _client = client;
        _options = options;
        _connections = new SemaphoreSlim(options.MaxConnections);
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddTimeout(options.CallDeadline);
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } error && !attempt.Context.CancellationToken.IsCancellationRequested
                    && ServiceFailure.IsTransient(error)),
            });
        }

        _pipeline = builder.Build();
    }

    public UsageMeter Meter { get; } = new();

    /// <summary>Sends a request until it is answered, or fails for good.</summary>
    /// <param name="action">What is asked, by its name in IAM policies.</param>
    /// <param name="table">The table it concerns.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancellationToken">Stops waiting; the request may have been carried out.</param>
    /// <exception cref="Crawl4Exception">It failed for good.</exception>
    public async Task<T> SendAsync<T>(
        string action, string table, Func<IAmazonDynamoDB, CancellationToken, Task<T>> send,
        CancellationToken cancellationToken)
    {
        var tries = 0;
        Exception? last = null;
        var started = _options.TimeProvider.GetTimestamp();
        try
        {
            return await _pipeline.ExecuteAsync(async cancel =>
            {
                try
                {
                    return await TryAsync(send, isRetry: tries++ > 0, cancel).ConfigureAwait(false);
                }
                catch (Exception error) when (Note(action, table, error, ref last))
                {
                    throw;
                }
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (ServiceFailure.IsOfService(error) && !IsAnswer(error)
            && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // Also while it is being stopped: what failed by itself just then is no stop, and shows no insides.
            // What the deadline cut short says less than what went wrong before it.
            throw ServiceFailure.Translate(
                error is TimeoutRejectedException or OperationCanceledException ? last ?? error : error, action, table);
        }
        finally
        {
            NoteTime(action, table, tries, _options.TimeProvider.GetElapsedTime(started));
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _connections.Dispose();
    }

    private async Task<T> TryAsync<T>(
        Func<IAmazonDynamoDB, CancellationToken, Task<T>> send, bool isRetry, CancellationToken cancellationToken)
    {
        // A try's time begins when it has a connection: waiting for one is no fault of the other side.
        await _connections.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Meter.AddRequest(isRetry);
            using var timeout = new CancellationTokenSource(_options.AttemptTimeout, _options.TimeProvider);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                return await send(_client, both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutRejectedException("No answer in time.", _options.AttemptTimeout, late);
            }
        }
        finally
        {
            _connections.Release();
        }
    }

    /// <summary>Keeps what went wrong. Never true: a filter sees the failure before it is thrown on.</summary>
    private bool Note(string action, string table, Exception error, ref Exception? last)
    {
        if (error is not OperationCanceledException)
        {
            last = error;
        }

        if (ServiceFailure.IsThrottle(error))
        {
            Meter.AddThrottle();
        }

        if (_options.Events.IsEnabled(EventSeverity.Debug) && !IsAnswer(error))
        {
            _options.Events.Debug(EventIds.RequestFailed, $"DynamoDB's {action} on '{table}': {error.Message}");
        }

        return false;
    }

    private void NoteTime(string action, string table, int tries, TimeSpan time)
    {
        if (time > _options.SlowCall && _options.Events.IsEnabled(EventSeverity.Information))
        {
            _options.Events.Info(EventIds.RequestSlow, string.Create(CultureInfo.InvariantCulture,
                $"DynamoDB's {action} on '{table}' took {time.TotalMilliseconds:0} ms in {tries} tries."));
        }
    }

    /// <summary>A condition that does not hold is an answer like any other.</summary>
    private static bool IsAnswer(Exception error) =>
        error is Amazon.DynamoDBv2.Model.ConditionalCheckFailedException;
}
