using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Lists the digests of entries, made of their content: rows that another program wrote have no recorded one,
/// and damage is found on the way. While one page of rows is digested the next one is read.</summary>
internal sealed class DigestListing(ReaderPool readers, EntryReading reading)
{
    /// <summary>So many rows a page, or so many characters, whichever comes first: old tables hold whole pages of HTML
    /// in their rows.</summary>
    private const int PageRows = 256;

    private const long PageCharacters = 4 * 1024 * 1024;
    private const int PageKeys = 10_000;

    public async IAsyncEnumerable<ListedDigest> ListAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = Encoding.UTF8.GetBytes(query.After ?? "");
        var next = Task.Run(() => ReadPage(after, query.Leaves, cancellationToken), cancellationToken);
        while (true)
        {
            var page = await next.ConfigureAwait(false);
            if (page.Last is { } last)
            {
                next = Task.Run(() => ReadPage(last, query.Leaves, cancellationToken), cancellationToken);
            }

            var digests = new ListedDigest?[page.Rows.Count];
            await Task.Run(() => Parallel.For(0, digests.Length,
                new ParallelOptions { CancellationToken = cancellationToken },
                i => digests[i] = page.Partial.Contains(page.Rows[i])
                    ? DigestLarge(page.Rows[i].Url, cancellationToken) : Digest(page.Rows[i], cancellationToken)),
                cancellationToken).ConfigureAwait(false);
            foreach (var digest in digests)
            {
                if (digest is { } listed)
                {
                    yield return listed;
                }
            }

            if (page.Last is null)
            {
                yield break;
            }
        }
    }

    /// <summary>Every key, without its entry.</summary>
    public async IAsyncEnumerable<string> ListUrlsAsync(
        UrlLeaves leaves, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? after = [];
        while (after is not null)
        {
            var from = after;
            (var keys, after) = await Task.Run(() => ReadKeys(from, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (var url in keys.Where(leaves.Contains))
            {
                yield return url;
            }
        }
    }

    private Page ReadPage(byte[] after, UrlLeaves leaves, CancellationToken cancellationToken) =>
        leaves.IsAll ? ReadRows(after, cancellationToken) : ReadSome(after, leaves, cancellationToken);

    private Page ReadRows(byte[] after, CancellationToken cancellationToken) =>
        readers.Read(new Page([], null), (reader, shape) =>
        {
            var command = reader.Prepare(StoredRow.SelectAfter(shape, PageRows));
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$after", shape.BindKey(after));
            using var found = command.ExecuteReader();
            var rows = new List<StoredRow>(PageRows);
            var partial = new HashSet<StoredRow>();
            byte[]? last = null;
            for (var size = 0L; size < PageCharacters && found.Read();)
            {
                var row = StoredRow.Read(found, shape);
                last = TableShape.ReadKey(found, found.FieldCount - 1);
                size += row.Size;
                if (found.GetInt64(found.FieldCount - 2) != 0)
                {
                    partial.Add(row);
                }

                rows.Add(row);
            }

            return new Page(rows, last) { Partial = partial };
        }, cancellationToken);

    /// <summary>Keys are looked through until there is something among them: only those rows are read.</summary>
    private Page ReadSome(byte[] after, UrlLeaves leaves, CancellationToken cancellationToken)
    {
        var (keys, last) = ReadKeys(after, cancellationToken);
        var rows = keys.Where(leaves.Contains).Chunk(EntryReading.BatchSize)
            .SelectMany(urls => reading.ReadRows(urls, cancellationToken).Values);
        return new Page([.. rows], last);
    }

    private (List<string> Keys, byte[]? Last) ReadKeys(byte[] after, CancellationToken cancellationToken) =>
        readers.Read<(List<string>, byte[]?)>(([], null), (reader, shape) =>
        {
            var command = reader.Prepare($"SELECT {shape.SelectKey("url")} FROM crawled_data"
                + $" WHERE url > CAST($after AS TEXT) AND typeof(url) = 'text' ORDER BY url LIMIT {PageKeys}");
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$after", shape.BindKey(after));
            using var found = command.ExecuteReader();
            var keys = new List<string>();
            byte[]? last = null;
            while (found.Read())
            {
                last = TableShape.ReadKey(found);
                keys.Add(Encoding.UTF8.GetString(last));
            }

            return (keys, last);
        }, cancellationToken);

    private ListedDigest? Digest(StoredRow row, CancellationToken cancellationToken)
    {
        if (reading.TryEncode(row) is { } quick)
        {
            return Digest(quick);
        }

        var found = reading.LookUp(row.Url, row, cancellationToken);
        if (found.Entry is { } entry)
        {
            return Digest(new EncodedEntry(CanonicalEntry.Of(entry)));
        }

        return found.Error is null ? null : new ListedDigest(row.Url, 0, default, 0, null) { IsDamaged = true };
    }

    /// <summary>The row was read without its large columns.</summary>
    private ListedDigest? DigestLarge(string url, CancellationToken cancellationToken)
    {
        if (reading.TryReadEncoded(url, isLarge: true, cancellationToken) is { } encoded)
        {
            return Digest(encoded);
        }

        return reading.ReadRows([url], cancellationToken).Values.FirstOrDefault() is { } row
            ? Digest(row, cancellationToken) : null;
    }

    private static ListedDigest Digest(EncodedEntry encoded)
    {
        using (encoded)
        {
            return new ListedDigest(
                encoded.Url, encoded.Version, SHA256.HashData(encoded.Bytes.Span), encoded.ContentBytes, null);
        }
    }

    private sealed record Page(IReadOnlyList<StoredRow> Rows, byte[]? Last)
    {
        public HashSet<StoredRow> Partial { get; init; } = [];
    }
}
