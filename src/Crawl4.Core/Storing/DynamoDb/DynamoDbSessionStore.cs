using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Sessions in DynamoDB: an item each, deleted by DynamoDB's TTL some time after they have ended. The table must
/// be there: <see cref="DynamoDbTables"/> makes it.</summary>
/// <remarks>Reads are strong, at twice the price of others: a session is read to go on from what another machine has
/// just written. Items that another program wrote under this key are not sessions here, and give way to one.</remarks>
public sealed class DynamoDbSessionStore : ISessionStore, IAsyncDisposable
{
    /// <summary>Enough that no two are ever the same.</summary>
    private const int WriterBytes = 16;

    private readonly DynamoDbOptions _options;
    private readonly ServiceCalls _calls;
    private readonly ItemRequests _requests;
    private readonly VersionClock _clock;
    private int _closed;

    /// <summary>A store over the table. Nothing is sent yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option is not
    /// allowed, or no region is known.</exception>
    public DynamoDbSessionStore(DynamoDbOptions options)
        : this(options, ServiceClient.Make)
    {
    }

    internal DynamoDbSessionStore(DynamoDbOptions options, Func<DynamoDbOptions, IAmazonDynamoDB> client)
    {
        OptionsCheck.Check(options);
        _options = options;
        _calls = new ServiceCalls(client(options), options);
        _requests = new ItemRequests(_calls);
        _clock = new VersionClock(options.TimeProvider);
    }

    /// <inheritdoc/>
    public string Description => "DynamoDB " + (_options with { ResultsTable = _options.SessionsTable });

    /// <summary>What this store has used of DynamoDB so far.</summary>
    public DynamoDbUsage Usage => _calls.Meter.Usage;

    private DateTimeOffset Now => SessionRules.Now(_options.TimeProvider);

    /// <inheritdoc/>
    public Task<StoredSession?> GetAsync(string id, CancellationToken cancellationToken)
    {
        Check(id);
        return ReadAsync(id, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SessionPutResult> PutAsync(
        string id, string data, long expectedRevision, CancellationToken cancellationToken)
    {
        Check(id);
        var size = SessionRules.CheckData(data);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedRevision);
        var there = expectedRevision == 0 ? null : await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if ((there?.Revision ?? 0) != expectedRevision)
        {
            return new SessionPutResult(false, there);
        }

        var now = Now;
        var session = new StoredSession(id, data)
        {
            Revision = _clock.Next(expectedRevision),
            CreatedAt = there?.CreatedAt ?? now,
            LastUsedAt = now,
            ExpiresAt = SessionRules.End(now, _options.SessionTimeToLive),
        };
        var condition = expectedRevision == 0 ? SessionItem.None(now) : SessionItem.StillAt(expectedRevision, now);
        // Two machines may give one revision in the same millisecond, so a put is known by a name of its own.
        var writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(WriterBytes));
        var item = SessionItem.Of(session, size, writer);
        if (await _requests.PutAsync(_options.SessionsTable, item, condition, cancellationToken).ConfigureAwait(false))
        {
            return new SessionPutResult(true, session);
        }

        // Another writer came first; or this one did, and the answer to its first try was lost.
        var found = await ReadItemAsync(id, cancellationToken).ConfigureAwait(false);
        return new SessionPutResult(
            found is not null && ItemValue.Text(found, ItemNames.Writer) == writer,
            found is null ? null : SessionItem.Read(found, Now));
    }

    /// <inheritdoc/>
    public async Task<bool> TouchAsync(string id, CancellationToken cancellationToken)
    {
        Check(id);
        var now = Now;
        var condition = SessionItem.EndsBy(SessionRules.End(now, _options.SessionTimeToLive), now);
        return await _requests.UpdateAsync(
                _options.SessionsTable, SessionItem.Key(id), SessionItem.Touch, condition, cancellationToken)
                .ConfigureAwait(false)
            // It may last longer than that already.
            || await ReadAsync(id, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    /// <remarks>The whole table is read.</remarks>
    public async IAsyncEnumerable<SessionSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await foreach (var page in _requests.ScanAsync(
            _options.SessionsTable, SessionItem.Listed, consistent: true, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page)
            {
                if (SessionItem.Summary(item, Now) is { } summary)
                {
                    yield return summary;
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        Check(id);
        var item = await _requests.DeleteAsync(_options.SessionsTable, SessionItem.Key(id), cancellationToken)
            .ConfigureAwait(false);
        return item is not null && SessionItem.IsLive(item, Now);
    }

    /// <summary>Closes the connections. Requests under way are cut off.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _calls.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task<StoredSession?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var item = await ReadItemAsync(id, cancellationToken).ConfigureAwait(false);
        return item is null ? null : SessionItem.Read(item, Now);
    }

    private Task<Item?> ReadItemAsync(string id, CancellationToken cancellationToken) => _requests.GetAsync(
        _options.SessionsTable, SessionItem.Key(id), consistent: true, only: null, cancellationToken);

    private void Check(string id)
    {
        SessionRules.CheckId(id);
        ThrowIfClosed();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
}
