using System.Runtime.CompilerServices;
using System.Text;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Reads entries: the row from one snapshot of the database, then its content files, off the
/// connection.</summary>
internal sealed class EntryReading(SqliteStoreOptions options, ReaderPool readers, ContentReader content)
{
    /// <summary>So many entries are looked up by one statement, and may be held in memory ahead of their
    /// reader.</summary>
    public const int BatchSize = 32;

    private readonly EntryAssembly _assembly = new(content);

    /// <summary>A row's entry as the bytes that are hashed, where that can be had without making texts of its
    /// files.</summary>
    public EncodedEntry? TryEncode(StoredRow row) => RowEncoding.TryMake(row, content);

    /// <summary>The same of a URL.</summary>
    /// <param name="url">The key.</param>
    /// <param name="isLarge">Whether some of its columns may be too large to be read as text.</param>
    /// <param name="cancellationToken">Stops waiting for a busy database.</param>
    public EncodedEntry? TryReadEncoded(string url, bool isLarge, CancellationToken cancellationToken)
    {
        if (isLarge)
        {
            return TryReadLarge(url, cancellationToken);
        }

        var row = ReadRows([url], cancellationToken).GetValueOrDefault(Key(url));
        return row is null ? null : TryEncode(row);
    }

    public CacheEntry? Read(string url, CancellationToken cancellationToken)
    {
        var row = ReadRows([url], cancellationToken).GetValueOrDefault(Key(url));
        return row is null ? null : Assemble(row, cancellationToken);
    }

    public async IAsyncEnumerable<CacheLookup> ReadManyAsync(
        IEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in urls.Chunk(BatchSize))
        {
            var rows = await Task.Run(() => ReadRows(batch, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            var lookups = new CacheLookup[batch.Length];
            await Task.Run(() => Parallel.For(0, batch.Length,
                new ParallelOptions { CancellationToken = cancellationToken },
                i => lookups[i] = LookUp(batch[i], rows.GetValueOrDefault(Key(batch[i])), cancellationToken)),
                cancellationToken).ConfigureAwait(false);
            foreach (var lookup in lookups)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return lookup;
            }
        }
    }

    /// <summary>The key as the database holds it: UTF-8 has no lone surrogates.</summary>
    public static string Key(string url) =>
        url.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(url)) : url;

    /// <summary>The entry of a row, or why it cannot be given. Neither where the row is gone by now.</summary>
    public CacheLookup LookUp(string url, StoredRow? row, CancellationToken cancellationToken)
    {
        try
        {
            return new CacheLookup(url, row is null ? null : Assemble(row, cancellationToken), null);
        }
        catch (Crawl4Exception error)
        {
            return new CacheLookup(url, null, error.Error);
        }
    }

    private CacheEntry? Assemble(StoredRow row, CancellationToken cancellationToken)
    {
        try
        {
            return _assembly.Assemble(row);
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            return AssembleAgain(row, error, cancellationToken);
        }
        catch (Exception error) when (StoreFailure.IsStoreFailure(error))
        {
            throw StoreFailure.Translate(error, options.Folder.DatabasePath);
        }
    }

    /// <summary>The entry may have been replaced, or cleared away with its files, since its row was
    /// read.</summary>
    private CacheEntry? AssembleAgain(
        StoredRow before, Crawl4Exception damage, CancellationToken cancellationToken)
    {
        var row = ReadRows([before.Url], cancellationToken).GetValueOrDefault(before.Url);
        if (row is null)
        {
            return null;
        }

        if (!row.Identity.Content.AsSpan().SequenceEqual(before.Identity.Content))
        {
            return _assembly.Assemble(row);
        }

        options.Events.Write(
            new Crawl4Event(EventIds.EntryDamaged, EventSeverity.Warning, damage.Error.Message));
        throw damage;
    }

    private EncodedEntry? TryReadLarge(string url, CancellationToken cancellationToken) =>
        readers.Read<EncodedEntry?>(null, (reader, shape) =>
        {
            if (!shape.TextIsUtf8)
            {
                return null;
            }

            var large = LargeColumns.Read(reader, shape, url);
            var command = reader.Prepare(StoredRow.Select(shape, 1, LargeColumns.SelectRest));
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$u0", url);
            using var found = command.ExecuteReader();
            return found.Read() ? RowEncoding.TryMake(StoredRow.Read(found, shape), content, large) : null;
        }, cancellationToken);

    /// <summary>The rows of at most <see cref="BatchSize"/> URLs.</summary>
    public Dictionary<string, StoredRow> ReadRows(string[] urls, CancellationToken cancellationToken) =>
        readers.Read([], (reader, shape) =>
        {
            // One URL, or a whole batch with the last one repeated: so only two statements are ever prepared.
            var count = urls.Length == 1 ? 1 : BatchSize;
            var command = reader.Prepare(StoredRow.Select(shape, count));
            var parameters = command.Parameters;
            for (var i = 0; i < count; i++)
            {
                var url = urls[Math.Min(i, urls.Length - 1)];
                if (parameters.Count <= i)
                {
                    parameters.AddWithValue("$u" + i, url);
                }
                else
                {
                    parameters[i].Value = url;
                }
            }

            var rows = new Dictionary<string, StoredRow>(StringComparer.Ordinal);
            using var found = command.ExecuteReader();
            while (found.Read())
            {
                var row = StoredRow.Read(found, shape);
                rows[row.Url] = row;
            }

            return rows;
        }, cancellationToken);
}
