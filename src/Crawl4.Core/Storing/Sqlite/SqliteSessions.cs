using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The sessions of a SQLite cache: a table beside Crawl4AI's own, written by the cache's one writer.</summary>
internal sealed class SqliteSessions(
    SqliteStoreOptions options, ReaderPool readers, SqliteSessions.Write write) : ISessionStore
{
    private readonly VersionClock _clock = new(options.TimeProvider);

    /// <summary>Does work in a transaction; where there is no database, only if it may make one.</summary>
    public delegate Task<SessionPutResult> Write(
        Func<WriterConnection, SessionPutResult> work, bool mayCreate, CancellationToken cancellationToken);

    public string Description => "SQLite " + options.Folder.DatabasePath;

    public Task<StoredSession?> GetAsync(string id, CancellationToken cancellationToken)
    {
        SessionRules.CheckId(id);
        return ReadAsync<StoredSession?>(null, reader =>
        {
            var command = Bound(reader.Prepare(SessionsTable.Get), id, NowMilliseconds());
            using var row = command.ExecuteReader();
            return row.Read() ? Session(row) : null;
        }, cancellationToken);
    }

    public Task<SessionPutResult> PutAsync(
        string id, string data, long expectedRevision, CancellationToken cancellationToken)
    {
        SessionRules.CheckId(id);
        SessionRules.CheckData(data);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedRevision);
        return write(writer => Put(writer, id, data, expectedRevision), mayCreate: true, cancellationToken);
    }

    public async Task<bool> TouchAsync(string id, CancellationToken cancellationToken)
    {
        SessionRules.CheckId(id);
        return (await write(writer =>
        {
            var now = SessionRules.Now(options.TimeProvider);
            return Changed(writer, SessionsTable.Touch, id, now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(),
                SessionRules.End(now, options.SessionTimeToLive).ToUnixTimeSeconds());
        }, mayCreate: false, cancellationToken).ConfigureAwait(false)).Stored;
    }

    public async IAsyncEnumerable<SessionSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Sessions are few and these lines short: read at once, so that no caller holds a snapshot open.
        var sessions = await ReadAsync<List<SessionSummary>>([], reader =>
        {
            var command = Bound(reader.Prepare(SessionsTable.List), NowMilliseconds());
            using var row = command.ExecuteReader();
            var found = new List<SessionSummary>();
            while (row.Read())
            {
                found.Add(new SessionSummary(
                    row.GetString(0), Milliseconds(row, 1), Milliseconds(row, 2), Seconds(row, 3), row.GetInt64(4)));
            }

            return found;
        }, cancellationToken).ConfigureAwait(false);
        foreach (var session in sessions)
        {
            yield return session;
        }
    }

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        SessionRules.CheckId(id);
        return (await write(
            writer => Changed(writer, SessionsTable.Delete, id, NowMilliseconds()), mayCreate: false, cancellationToken)
            .ConfigureAwait(false)).Stored;
    }

    private SessionPutResult Put(WriterConnection writer, string id, string data, long expectedRevision)
    {
        if (!writer.Shape.HasSessions)
        {
            Array.ForEach(SessionsTable.Create, writer.Execute);
        }

        var now = SessionRules.Now(options.TimeProvider);
        StoredSession? there;
        using (var row = Bound(writer.Prepare(SessionsTable.Get, 0), id, now.ToUnixTimeMilliseconds()).ExecuteReader())
        {
            there = row.Read() ? Session(row) : null;
        }

        if ((there?.Revision ?? 0) != expectedRevision)
        {
            return new SessionPutResult(false, there);
        }

        var session = new StoredSession(id, data)
        {
            Revision = _clock.Next(expectedRevision),
            CreatedAt = there?.CreatedAt ?? now,
            LastUsedAt = now,
            ExpiresAt = SessionRules.End(now, options.SessionTimeToLive),
        };
        Bound(writer.Prepare(SessionsTable.Put, 0), id, data, session.Revision, session.CreatedAt.ToUnixTimeMilliseconds(),
            now.ToUnixTimeMilliseconds(), session.ExpiresAt.ToUnixTimeSeconds()).ExecuteNonQuery();
        Bound(writer.Prepare(SessionsTable.Sweep, 0), now.ToUnixTimeSeconds()).ExecuteNonQuery();
        return new SessionPutResult(true, session);
    }

    private static SessionPutResult Changed(WriterConnection writer, string statement, params object[] values) => new(
        writer.Shape.HasSessions && Bound(writer.Prepare(statement, 0), values).ExecuteNonQuery() > 0, null);

    private static SqliteCommand Bound(SqliteCommand command, params object[] values)
    {
        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$p" + i, values[i]);
        }

        return command;
    }

    private static StoredSession Session(SqliteDataReader row) => new(row.GetString(0), row.GetString(1))
    {
        Revision = row.GetInt64(2),
        CreatedAt = Milliseconds(row, 3),
        LastUsedAt = Milliseconds(row, 4),
        ExpiresAt = Seconds(row, 5),
    };

    private static DateTimeOffset Milliseconds(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static DateTimeOffset Seconds(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(column));

    private long NowMilliseconds() => options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<T> ReadAsync<T>(T none, Func<ReaderConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () => readers.Read(none, (reader, shape) => shape.HasSessions ? read(reader) : none, cancellationToken,
            needsEntries: false), cancellationToken);
}
