using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The outbox of a SQLite cache: two tables and three triggers beside Crawl4AI's own, which go on working
/// when Crawl4AI (Python) writes.</summary>
internal sealed class SqliteOutbox(
    ReaderPool readers, EntryWriting writing, SqliteOutbox.Write write) : IWriteOutbox
{
    /// <summary>Does work in a transaction; where there is no database, only if it may make one.</summary>
    public delegate Task Write(
        Func<WriterConnection, bool> work, bool mayCreate, CancellationToken cancellationToken);

    public Task InstallAsync(CancellationToken cancellationToken) =>
        write(writer => Execute(writer, OutboxTable.Create), mayCreate: true, cancellationToken);

    public Task RemoveAsync(CancellationToken cancellationToken) =>
        write(writer => Execute(writer, OutboxTable.Drop), mayCreate: false, cancellationToken);

    public Task<OutboxStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        ReadAsync(new OutboxStatus(), (reader, shape) =>
        {
            using var row = reader.Prepare(OutboxTable.Status).ExecuteReader();
            row.Read();
            return new OutboxStatus
            {
                IsInstalled = shape.OutboxIsWhole,
                KeyCount = row.GetInt64(0),
                Oldest = Time(row, 1),
                GapSeenAt = Time(row, 2),
            };
        }, cancellationToken);

    public Task<bool> IsPendingAsync(string url, CancellationToken cancellationToken) =>
        ReadAsync(false, (reader, _) =>
        {
            var command = reader.Prepare(OutboxTable.IsPending);
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$url", url);
            return (long)command.ExecuteScalar()! != 0;
        }, cancellationToken);

    /// <summary>The version of the key's last deletion, where that is still known; else zero.</summary>
    public Task<long> KnownDeletionAsync(string url, CancellationToken cancellationToken) =>
        ReadAsync(0L, (reader, _) =>
        {
            var command = reader.Prepare(OutboxTable.KnownDeletion);
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$u0", url);
            return command.ExecuteScalar() is long version ? version : 0;
        }, cancellationToken);

    public Task<IReadOnlyList<OutboxLine>> PeekAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutboxLine>>([], (reader, _) =>
        {
            var command = reader.Prepare(OutboxTable.Peek);
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$limit", limit);
            using var row = command.ExecuteReader();
            var lines = new List<OutboxLine>();
            while (row.Read())
            {
                lines.Add(Line(row));
            }

            return lines;
        }, cancellationToken);

    public Task CompleteAsync(IReadOnlyList<OutboxLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Count == 0 ? Task.CompletedTask : write(writer =>
        {
            if (writer.Shape.HasOutbox)
            {
                Complete(writer, lines);
            }

            return true;
        }, mayCreate: false, cancellationToken);
    }

    public Task AddDeletionAsync(string url, CancellationToken cancellationToken) => write(writer =>
    {
        // It may have been copied here since nothing was found: what is there would be delivered instead of the deletion.
        if (!writing.Delete(writer, url) && writer.Shape.HasOutbox)
        {
            var command = writer.Prepare(OutboxTable.AddDeletion, 2);
            command.Parameters[0].Value = url;
            command.Parameters[1].Value = writing.NextDeletion(writer, url);
            command.ExecuteNonQuery();
        }

        return true;
    }, mayCreate: false, cancellationToken);

    public Task AdvanceAsync(CacheEntry seen, CancellationToken cancellationToken)
    {
        EntryKeys.Check(seen);
        return write(writer => writing.Advance(writer, seen), mayCreate: false, cancellationToken);
    }

    public async Task<bool> StampAsync(CacheEntry seen, long version, CancellationToken cancellationToken)
    {
        EntryKeys.Check(seen);
        var stamped = false;
        await write(writer => stamped = writing.Stamp(writer, seen, version), mayCreate: false, cancellationToken)
            .ConfigureAwait(false);
        return stamped;
    }

    public Task CloseGapAsync(DateTimeOffset begunAt, CancellationToken cancellationToken) => write(writer =>
    {
        if (writer.Shape.HasOutbox)
        {
            var command = writer.Prepare(OutboxTable.CloseGap, 1);
            command.Parameters[0].Value = begunAt.ToUnixTimeMilliseconds();
            command.ExecuteNonQuery();
        }

        return true;
    }, mayCreate: false, cancellationToken);

    private static void Complete(WriterConnection writer, IReadOnlyList<OutboxLine> lines)
    {
        foreach (var statement in OutboxTable.Complete)
        {
            var command = writer.Prepare(statement, 2);
            foreach (var line in lines)
            {
                command.Parameters[0].Value = line.Url;
                command.Parameters[1].Value = line.Sequence;
                command.ExecuteNonQuery();
            }
        }

        writer.Execute(OutboxTable.Forget);
    }

    private static OutboxLine Line(SqliteDataReader row)
    {
        var writtenAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2));
        var version = row.GetInt64(3) == 0 ? 0
            : row.GetInt64(4) is > 0 and var given ? given
            : VersionClock.LastOf(writtenAt);
        return new OutboxLine(row.GetString(0), row.GetInt64(1), writtenAt, version);
    }

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null
        : DateTimeOffset.FromUnixTimeMilliseconds(
            Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture));

    private static bool Execute(WriterConnection writer, string[] statements)
    {
        foreach (var statement in statements)
        {
            writer.Execute(statement);
        }

        return true;
    }

    private Task<T> ReadAsync<T>(
        T none, Func<ReaderConnection, TableShape, T> read, CancellationToken cancellationToken) => Task.Run(
        () => readers.Read(
            none, (reader, shape) => shape.HasOutbox ? read(reader, shape) : none, cancellationToken),
        cancellationToken);
}
