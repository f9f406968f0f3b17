using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The ledger in side tables of the cache's own database, so that a checkpoint is as durable as the
/// entries.</summary>
internal sealed class SqliteMigrationLedger(ReaderPool readers, SqliteMigrationLedger.Write write, string database)
    : IMigrationLedger
{
    /// <summary>Does work in a transaction; where there is no database, makes one.</summary>
    public delegate Task Write(Func<WriterConnection, bool> work, CancellationToken cancellationToken);

    public Task<MigrationLease?> GetLeaseAsync(CancellationToken cancellationToken) => ReadAsync<MigrationLease?>(
        null, reader => ReadLease(reader.Prepare(MigrationTables.SelectLease)), cancellationToken);

    public async Task<MigrationLease?> TryTakeAsync(
        LeaseHolder holder, MigrationLease? seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holder);
        MigrationLease? taken = null;
        await write(writer =>
        {
            Array.ForEach(MigrationTables.Create, writer.Execute);
            var current = ReadLease(writer.Prepare(MigrationTables.SelectLease, 0));
            if (current != seen)
            {
                return false;
            }

            taken = new MigrationLease((current?.Token ?? 0) + 1, holder, now, now, 0, IsFree: false);
            return Run(writer, MigrationTables.PutLease,
                taken.Token, holder.User, holder.Machine, holder.ProcessId, now.ToUnixTimeMilliseconds());
        }, cancellationToken).ConfigureAwait(false);
        return taken is null ? null : taken with { Since = Whole(now), SeenAt = Whole(now) };
    }

    public Task SaveAsync(MigrationSave save, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(save);
        return write(writer =>
        {
            var savedAt = save.SavedAt.ToUnixTimeMilliseconds();
            if (!Run(writer, MigrationTables.Beat, save.Lease.Token, savedAt, save.Releases ? 1 : 0))
            {
                throw Lost(ReadLease(writer.Prepare(MigrationTables.SelectLease, 0)));
            }

            Run(writer, MigrationTables.PutDocument, save.Name, save.Document);
            if (save.ClearsQuarantine)
            {
                Run(writer, MigrationTables.ClearQuarantine, save.Name);
            }

            foreach (var entry in save.Quarantine)
            {
                Run(writer, MigrationTables.PutQuarantine, save.Name, entry.Url, entry.Code.ToString(), entry.Reason,
                    entry.SeenAt.ToUnixTimeMilliseconds());
            }

            if (save.Follows)
            {
                writer.Execute(MigrationTables.Follow);
            }

            return true;
        }, cancellationToken);
    }

    public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) => ReadAsync(null, reader =>
    {
        var command = reader.Prepare(MigrationTables.SelectDocument);
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() as string;
    }, cancellationToken);

    public Task WriteAsync(string name, string document, CancellationToken cancellationToken) => write(writer =>
    {
        Array.ForEach(MigrationTables.Create, writer.Execute);
        return Run(writer, MigrationTables.PutDocument, name, document);
    }, cancellationToken);

    public Task<bool> IsFollowedAsync(CancellationToken cancellationToken) => ReadAsync(
        false, reader => (long)reader.Prepare(MigrationTables.IsFollowed).ExecuteScalar()! > 0, cancellationToken);

    public async IAsyncEnumerable<QuarantinedEntry> ListQuarantineAsync(
        string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            var from = after;
            var page = await ReadAsync([], reader => ReadQuarantine(reader, name, from), cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            after = page[^1].Url;
        }
    }

    private static List<QuarantinedEntry> ReadQuarantine(ReaderConnection reader, string name, string? after)
    {
        var command = reader.Prepare(MigrationTables.SelectQuarantine);
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$after", (object?)after ?? DBNull.Value);
        using var row = command.ExecuteReader();
        var page = new List<QuarantinedEntry>();
        while (row.Read())
        {
            var code = Enum.TryParse<Crawl4ErrorCode>(row.GetString(1), out var known) ? known : Crawl4ErrorCode.EntryDamaged;
            page.Add(new QuarantinedEntry(row.GetString(0), code, row.GetString(2), Time(row, 3)));
        }

        return page;
    }

    private static MigrationLease? ReadLease(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        return !row.Read() ? null : new MigrationLease(
            row.GetInt64(0), new LeaseHolder(row.GetString(1), row.GetString(2), row.GetInt32(3)), Time(row, 4), Time(row, 5),
            row.GetInt64(6), row.GetInt64(7) != 0);
    }

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <summary>As it will be read again.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <returns>True where a row was changed.</returns>
    private static bool Run(WriterConnection writer, string sql, params object[] values)
    {
        var command = writer.Prepare(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery() > 0;
    }

    private Crawl4Exception Lost(MigrationLease? current) => new Crawl4Error(
        Crawl4ErrorCode.MigrationHeld, current is null or { IsFree: true }
            ? "The migration's lease was given back or taken away meanwhile."
            : $"The migration was taken over by {current.Holder} since this process was last heard of.",
        database).ToException();

    private Task<T> ReadAsync<T>(T none, Func<ReaderConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () => readers.Read(none, (reader, _) =>
            (long)reader.Prepare(MigrationTables.Exists).ExecuteScalar()! > 0 ? read(reader) : none, cancellationToken),
        cancellationToken);
}
