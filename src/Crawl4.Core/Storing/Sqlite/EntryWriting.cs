using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Writes and deletes entries inside an open transaction.</summary>
internal sealed class EntryWriting(
    ContentReader content, ContentWriter files, ContentFolders folders, VersionClock clock)
{
    /// <summary>Puts an entry, unless what is there is as new.</summary>
    /// <remarks>Two different entries of one version cannot be told apart by age: the one that is there
    /// stays, as it would in every other store that got them in this order.</remarks>
    public CachePutResult Put(WriterConnection writer, PreparedPut put)
    {
        var ready = Ready(writer, put);
        var (exists, identity) = ReadIdentity(writer, ready.Entry.Url);
        var ours = exists && identity.IsOurs(writer.Shape, content);
        var asked = ready.Entry.Version;
        if (!exists)
        {
            var gone = KnownDeletion(writer, ready.Entry.Url);
            return asked > 0 && asked <= gone
                ? new CachePutResult(CachePutOutcome.Superseded, gone)
                : Store(writer, ready, asked > 0 ? asked : clock.Next(Math.Max(identity.Mark?.Version ?? 0, gone)));
        }

        var current = identity.Version(ours);
        if (asked == 0)
        {
            return Store(writer, ready, clock.Next(current));
        }

        if (current < asked)
        {
            return Store(writer, ready, asked);
        }

        var repeated = current == asked && ours
            && string.Equals(identity.Mark!.Digest, ready.Digest, StringComparison.Ordinal);
        return new CachePutResult(repeated ? CachePutOutcome.Unchanged : CachePutOutcome.Superseded, current);
    }

    /// <summary>Puts an entry in place of the row that was seen, whatever its version.</summary>
    /// <returns>False where the row is another one by now.</returns>
    public bool Replace(WriterConnection writer, PreparedPut put, string seen)
    {
        if (!IsStill(writer, put.Entry.Url, seen))
        {
            return false;
        }

        Store(writer, Ready(writer, put), Math.Max(put.Entry.Version, 1));
        return true;
    }

    /// <summary>Deletes the row that was seen.</summary>
    /// <returns>False where the row is another one by now.</returns>
    public bool Remove(WriterConnection writer, string url, string seen) =>
        IsStill(writer, url, seen) && Delete(writer, url);

    private static bool IsStill(WriterConnection writer, string url, string seen)
    {
        var (exists, identity) = ReadIdentity(writer, url);
        return exists && string.Equals(identity.Seen(), seen, StringComparison.Ordinal);
    }

    /// <summary>Deletes an entry. A version is given to the deletion where the other store has to learn of
    /// it.</summary>
    public bool Delete(WriterConnection writer, string url)
    {
        var version = writer.Shape.HasOutbox ? NextDeletion(writer, url) : 0;
        var deleted = Run(writer, "DELETE FROM crawled_data WHERE url = $p0", url) > 0;
        Run(writer, "DELETE FROM crawl4_entries WHERE url = $p0", url);
        if (deleted && version > 0)
        {
            var command = writer.Prepare(OutboxTable.SetDeletedVersion, 2);
            command.Parameters[0].Value = url;
            command.Parameters[1].Value = version;
            command.ExecuteNonQuery();
        }

        return deleted;
    }

    /// <summary>Gives the row that was read the next version, in the side table alone.</summary>
    /// <remarks>The very next one: whatever another machine has written since is newer still.</remarks>
    /// <returns>False where the row has another version by now.</returns>
    public bool Advance(WriterConnection writer, CacheEntry seen)
    {
        var (exists, identity) = ReadIdentity(writer, seen.Url);
        var ours = exists && identity.IsOurs(writer.Shape, content);
        if (!exists || identity.Version(ours) != seen.Version)
        {
            return false;
        }

        if (ours)
        {
            Set(writer, EntriesTable.SetVersion, seen.Url, seen.Version + 1, EntryDigest.Compute(CanonicalEntry.Of(seen)));
        }
        else
        {
            // A row that another program wrote counts as written after what its side row says.
            Set(writer, EntriesTable.SetVersionBefore, seen.Url, seen.Version);
        }

        return true;
    }

    /// <summary>Gives a row that another program wrote a version by when it was written, not by its time: it has none, or
    /// was given it before what stood there was deleted.</summary>
    public bool Stamp(WriterConnection writer, CacheEntry seen, long version)
    {
        var (exists, identity) = ReadIdentity(writer, seen.Url);
        if (!exists || identity.IsOurs(writer.Shape, content) || identity.Version(ours: false) != seen.Version
            || version <= seen.Version)
        {
            return false;
        }

        // A deletion takes the row away: one that is there was written after every deletion that is known.
        var gone = KnownDeletion(writer, seen.Url);
        var isTimeless = identity.Mark is not null && CachedTime.FromSeconds(identity.CachedAt) is null;
        if (!isTimeless && gone < version - 1)
        {
            return false;
        }

        Set(writer, EntriesTable.SetVersionBefore, seen.Url, Math.Max(gone, version - 1));
        return true;
    }

    /// <summary>Puts an entry that the other store has: what its triggers leave in the outbox is taken out.</summary>
    public CachePutResult PutCopied(WriterConnection writer, PreparedPut put)
    {
        if (IsPending(writer, put.Entry.Url))
        {
            return new CachePutResult(CachePutOutcome.Superseded, 0);
        }

        var last = LastLine(writer);
        var result = Put(writer, put);
        if (result.Outcome == CachePutOutcome.Stored && writer.Shape.HasOutbox)
        {
            Set(writer, OutboxTable.ForgetAfter, put.Entry.Url, last);
        }

        return result;
    }

    /// <summary>Deletes what the other store has deleted. The deletion stays known for a while, like one that was
    /// delivered.</summary>
    public CachePutResult DeleteCopied(WriterConnection writer, string url, long version)
    {
        var (exists, identity) = ReadIdentity(writer, url);
        if (!exists)
        {
            return new CachePutResult(CachePutOutcome.Unchanged, version);
        }

        var current = identity.Version(identity.IsOurs(writer.Shape, content));
        if (current >= version || IsPending(writer, url))
        {
            return new CachePutResult(CachePutOutcome.Superseded, current);
        }

        var last = LastLine(writer);
        Run(writer, "DELETE FROM crawled_data WHERE url = $p0", url);
        Run(writer, "DELETE FROM crawl4_entries WHERE url = $p0", url);
        if (writer.Shape.HasOutbox)
        {
            Set(writer, OutboxTable.SetDeliveredAfter, url, last, version);
        }

        return new CachePutResult(CachePutOutcome.Stored, version);
    }

    /// <summary>What waits to be delivered is news to the other store, whatever its version says: old tables keep
    /// none.</summary>
    private static bool IsPending(WriterConnection writer, string url)
    {
        if (!writer.Shape.HasOutbox)
        {
            return false;
        }

        var command = writer.Prepare(OutboxTable.IsPendingHere, 1);
        command.Parameters[0].Value = url;
        return (long)command.ExecuteScalar()! != 0;
    }

    private static long LastLine(WriterConnection writer) =>
        writer.Shape.HasOutbox ? (long)writer.Prepare(OutboxTable.LastLine, 0).ExecuteScalar()! : 0;

    private static void Set(WriterConnection writer, string sql, params object[] values)
    {
        var command = writer.Prepare(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    /// <summary>The version of a deletion of this key that happens now.</summary>
    public long NextDeletion(WriterConnection writer, string url)
    {
        var (exists, identity) = ReadIdentity(writer, url);
        var current = exists ? identity.Version(identity.IsOurs(writer.Shape, content)) : 0;
        return clock.Next(Math.Max(current, KnownDeletion(writer, url)));
    }

    /// <summary>What is put after a deletion has to be newer than it in the other store too, which may get to see the
    /// deletion first.</summary>
    private static long KnownDeletion(WriterConnection writer, string url)
    {
        if (!writer.Shape.HasOutbox)
        {
            return 0;
        }

        var command = writer.Prepare(OutboxTable.KnownDeletion, 1, "$u");
        command.Parameters[0].Value = url;
        return command.ExecuteScalar() is long version ? version : 0;
    }

    private static int Run(WriterConnection writer, string sql, string url)
    {
        var command = writer.Prepare(sql, 1);
        command.Parameters[0].Value = url;
        return command.ExecuteNonQuery();
    }

    private static (bool Exists, RowIdentity Identity) ReadIdentity(WriterConnection writer, string url)
    {
        var command = writer.Prepare(writer.Statements.Identity, 1, "$u");
        command.Parameters[0].Value = url;
        using var reader = command.ExecuteReader();
        reader.Read();
        var values = new string?[ContentKinds.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ColumnValue.Text(reader, 1 + i);
        }

        var after = 1 + values.Length;
        var identity = new RowIdentity(
            values, ColumnValue.Number(reader, after), EntryMark.Read(reader, after + 1))
        {
            Validators = Validators(reader, after + 1 + EntriesTable.MarkColumns.Length),
        };
        return (reader.GetInt64(0) != 0, identity);
    }

    private static string?[] Validators(SqliteDataReader reader, int first)
    {
        var values = new string?[RowIdentity.ValidatorColumns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ColumnValue.Text(reader, first + i);
        }

        return values;
    }

    /// <summary>The entry prepared for the table as it is now: it may have been upgraded, or its files
    /// cleared away, since the entry was prepared. Nobody can do so while this transaction is open.</summary>
    private PreparedPut Ready(WriterConnection writer, PreparedPut put)
    {
        var fits = !put.IsLarge || writer.Statements.Kept.Count == 0;
        if (fits && put.Layout == writer.Shape.Layout && HasAllFiles(put))
        {
            return put;
        }

        return PreparedPut.Make(put.Whole, writer.Shape.Layout, files, folders);
    }

    private bool HasAllFiles(PreparedPut put)
    {
        foreach (var kind in put.Folders)
        {
            if (!File.Exists(folders.File(kind, put.Hashes[(int)kind])))
            {
                return false;
            }
        }

        return true;
    }

    private static CachePutResult Store(WriterConnection writer, PreparedPut put, long version)
    {
        var statements = writer.Statements;
        var row = writer.Prepare(statements.UpsertRow, statements.Columns.Length + 1).Parameters;
        row[0].Value = put.Entry.Url;
        for (var i = 0; i < statements.Columns.Length; i++)
        {
            row[i + 1].Value = BoundText.Value(EntryColumns.Value(statements.Columns[i], put));
        }

        writer.Prepare(statements.UpsertRow, 0).ExecuteNonQuery();
        LargeTexts.Write(writer, put, CrawledTable.Name);
        BindSide(writer, put, version);
        writer.Prepare(statements.UpsertSide, 0).ExecuteNonQuery();
        LargeTexts.Write(writer, put, EntriesTable.Name);
        return new CachePutResult(CachePutOutcome.Stored, version);
    }

    private static void BindSide(WriterConnection writer, PreparedPut put, long version)
    {
        var statements = writer.Statements;
        var count = 1 + EntriesTable.MarkColumns.Length + EntriesTable.TextColumns.Length
            + EntriesTable.KeptColumns.Length;
        var values = writer.Prepare(statements.UpsertSide, count).Parameters;
        var at = 0;
        values[at++].Value = put.Entry.Url;
        foreach (var value in EntryColumns.Mark(put, version))
        {
            values[at++].Value = value;
        }

        foreach (var value in EntryColumns.Texts(put.Entry))
        {
            values[at++].Value = BoundText.Value(value);
        }

        foreach (var column in EntriesTable.KeptColumns)
        {
            values[at++].Value = statements.Kept.Contains(column)
                ? BoundText.Value(EntryColumns.Plain(column, put)) : DBNull.Value;
        }
    }
}
