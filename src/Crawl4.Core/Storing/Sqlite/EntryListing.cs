using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Lists entries page by page, each from a snapshot of its own, so that a long listing holds up no
/// checkpoint. Pages continue after the last key, so nothing comes twice. The order is SQLite's own: URLs
/// compared as UTF-8 bytes.</summary>
internal sealed class EntryListing(ReaderPool readers, ContentReader content)
{
    private const int PageSize = 500;
    private const int FirstMark = 18;

    /// <summary>The columns whose values count as content and stand in the row itself.</summary>
    private static readonly string[] Inline =
        ["media", "links", "metadata", CrawledTable.FilesMark, "downloaded_files"];

    /// <summary>A host can be spelled with percent signs or in another script: such URLs are all looked
    /// at.</summary>
    private const string NarrowByHost =
        " AND (m.url LIKE $like OR m.url LIKE '%\\%%' ESCAPE '\\' OR m.url GLOB '*[^ -~]*')";

    public async IAsyncEnumerable<CacheEntrySummary> ListAsync(
        QueryFilter filter, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = limit ?? int.MaxValue;
        // The prefix itself may match, what is asked to come after does not.
        var after = filter.After is { } given && given.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(filter.Prefix)) >= 0
            ? given : null;
        bool more;
        do
        {
            var cursor = after;
            var page = await Task.Run(() => ReadPage(filter, cursor, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (var summary in page.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (left-- == 0)
                {
                    yield break;
                }

                yield return summary;
            }

            after = page.Last;
            more = page.More;
        }
        while (more && left > 0);
    }

    public async Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken)
    {
        var filter = new QueryFilter(query);
        if (query with { Limit = null } == CacheQuery.All)
        {
            var all = await Task.Run(() => CountAll(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return Math.Min(all, query.Limit ?? long.MaxValue);
        }

        var count = 0L;
        await foreach (var _ in ListAsync(filter, query.Limit, cancellationToken).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }

    private long CountAll(CancellationToken cancellationToken) => readers.Read(0L, (reader, _) =>
        (long)reader.Prepare("SELECT count(*) FROM crawled_data WHERE typeof(url) = 'text'").ExecuteScalar()!,
        cancellationToken);

    private Page ReadPage(QueryFilter filter, byte[]? after, CancellationToken cancellationToken) =>
        readers.Read(new Page([], null, More: false), (reader, shape) =>
        {
            var command = reader.Prepare(Select(shape, filter, after is not null));
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$after", shape.BindKey(after ?? Encoding.UTF8.GetBytes(filter.Prefix)));
            command.Parameters.AddWithValue("$like", filter.HostPattern);
            var entries = new List<CacheEntrySummary>();
            byte[]? last = null;
            var count = 0;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                count++;
                last = TableShape.ReadKey(rows);
                var url = Encoding.UTF8.GetString(last);
                if (!filter.HasPrefix(url))
                {
                    return new Page(entries, last, More: false);
                }

                if (filter.HasDomain(url) && Summarise(reader, rows, shape, url) is { } summary
                    && filter.HasTime(summary.CachedAt))
                {
                    entries.Add(summary);
                }
            }

            return new Page(entries, last, More: count == PageSize);
        }, cancellationToken);

    /// <summary>Content longer than a name is not fetched, only measured: SQLite knows the length without
    /// it.</summary>
    private static string Select(TableShape shape, QueryFilter filter, bool continued)
    {
        var sql = new StringBuilder("SELECT ").Append(shape.SelectKey("m.url")).Append(", ")
            .Append(shape.Has("success") ? "m.success" : "NULL").Append(", ")
            .Append(shape.Has(CrawledTable.CachedAt) ? "m.cached_at" : "NULL");
        foreach (var column in ContentKinds.All.Select(ContentKinds.Column))
        {
            sql.Append(shape.Has(column)
                ? $", CASE WHEN octet_length(m.{column}) <= 16 THEN m.{column} END, octet_length(m.{column})"
                : ", NULL, 0");
        }

        foreach (var column in Inline)
        {
            sql.Append(shape.Holder(column) is { } held ? $", octet_length(m.{held})" : ", 0");
        }

        if (shape.HasEntries)
        {
            sql.Append(", s.").AppendJoin(", s.", EntriesTable.MarkColumns);
        }

        sql.Append(" FROM crawled_data m")
            .Append(shape.HasEntries ? " LEFT JOIN crawl4_entries s ON s.url = m.url" : "")
            .Append(" WHERE m.url ").Append(continued ? '>' : ">=").Append(" CAST($after AS TEXT)")
            .Append(" AND typeof(m.url) = 'text'")
            .Append(filter.HostPattern == QueryFilter.AnyHost ? " AND $like IS NOT NULL" : NarrowByHost);
        return sql.Append(" ORDER BY m.url LIMIT ").Append(PageSize).ToString();
    }

    private CacheEntrySummary Summarise(
        ReaderConnection reader, SqliteDataReader row, TableShape shape, string url)
    {
        var mark = shape.HasEntries ? EntryMark.Read(row, FirstMark) : null;
        var values = new string?[ContentKinds.Count];
        var size = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ColumnValue.Text(row, 3 + (2 * i));
            size += Size((ContentKind)i, values[i], ColumnValue.Integer(row, 4 + (2 * i)) ?? 0);
        }

        for (var i = 0; i < Inline.Length; i++)
        {
            size += ColumnValue.Integer(row, 3 + (2 * values.Length) + i) ?? 0;
        }

        var time = ColumnValue.Number(row, 2);
        var success = ColumnValue.Truth(row, 1) ?? (ColumnValue.Integer(row, 4) ?? 0) > 0;
        if (mark is not null)
        {
            // Whether the side row is current is decided by content; only inline rows of ours have to be
            // fetched.
            values = WholeValues(reader, shape, url, values, row);
        }

        var identity = new RowIdentity(values, time, mark);
        var ours = identity.IsOurs(shape, content);
        return ours
            ? new CacheEntrySummary(url, mark!.Time, mark.SizeBytes, success, mark.StatusCode, mark.Version)
            : new CacheEntrySummary(
                url, CachedTime.FromSeconds(time), size, success, null, identity.Version(ours));
    }

    private long Size(ContentKind kind, string? value, long length)
    {
        if (value is null || !ContentName.IsName(value))
        {
            return length;
        }

        return content.Length(kind, content.EndOfChain(kind, value, null)) ?? 0;
    }

    private static string?[] WholeValues(
        ReaderConnection reader, TableShape shape, string url, string?[] values, SqliteDataReader row)
    {
        var whole = (string?[])values.Clone();
        for (var i = 0; i < whole.Length; i++)
        {
            if (whole[i] is null && ColumnValue.Integer(row, 4 + (2 * i)) > ContentName.Length)
            {
                var column = ContentKinds.Column((ContentKind)i);
                using var command = reader.Connection.CreateCommand();
                command.CommandText = $"SELECT {column} FROM crawled_data WHERE url = $u0";
                command.Parameters.AddWithValue("$u0", url);
                using var one = command.ExecuteReader();
                whole[i] = one.Read() ? ColumnValue.Text(one, 0) : null;
            }
        }

        return whole;
    }

    private sealed record Page(List<CacheEntrySummary> Entries, byte[]? Last, bool More);
}
