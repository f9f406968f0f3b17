using System.Globalization;
using System.Runtime.CompilerServices;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>An entry of an export, or why there is none.</summary>
internal readonly record struct ExportedEntry(CacheEntry? Entry, string Name, string Reason, long Bytes);

/// <summary>Reads the entries of an export, in either format.</summary>
internal sealed class ExportedEntries(PartReader reader, ExportManifest manifest)
{
    public IAsyncEnumerable<ExportedEntry> ReadAsync(CancellationToken cancellationToken) =>
        manifest.Format == ExportFormat.Jsonl ? ReadLinesAsync(cancellationToken) : ReadItemsAsync(cancellationToken);

    private async IAsyncEnumerable<ExportedEntry> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in LinesAsync(ExportKind.Entries, cancellationToken).ConfigureAwait(false))
        {
            number++;
            yield return Read(line.Length, LineName(number), () => EntryJson.Read(line));
        }
    }

    private async IAsyncEnumerable<ExportedEntry> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = LinesAsync(ExportKind.Content, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (chunks.ConfigureAwait(false))
        {
            var hasChunk = await chunks.MoveNextAsync().ConfigureAwait(false);
            var number = 0L;
            await foreach (var line in LinesAsync(ExportKind.Results, cancellationToken).ConfigureAwait(false))
            {
                number++;
                var (head, why) = ReadHead(line);
                if (head is null)
                {
                    yield return new ExportedEntry(null, LineName(number), why, line.Length);
                    continue;
                }

                // Chunks stand in the order of their heads. One that is not this head's belongs to a later one.
                var content = new List<ReadOnlyMemory<byte>>();
                while (hasChunk && content.Count < head.Parts
                    && ReadChunk(chunks.Current) is { } chunk && chunk.Key == head.ChunkKey(content.Count))
                {
                    content.Add(chunk.Data);
                    hasChunk = await chunks.MoveNextAsync().ConfigureAwait(false);
                }

                yield return content.Count < head.Parts
                    ? new ExportedEntry(null, head.Url, "A part of its content is missing.", line.Length)
                    : Read(line.Length + content.Sum(one => (long)one.Length), head.Url, () => head.Unpack(content));
            }
        }
    }

    private IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(ExportKind kind, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            manifest.Parts.Where(part => part.Name.StartsWith(kind.Folder + "/", StringComparison.Ordinal)), cancellationToken);

    private static (LinedEntry? Head, string Why) ReadHead(ReadOnlyMemory<byte> line)
    {
        try
        {
            return (LinedEntry.Read(line), "The line is no entry.");
        }
        catch (InvalidDataException error)
        {
            return (null, error.Message);
        }
    }

    private static (string Key, ReadOnlyMemory<byte> Data)? ReadChunk(ReadOnlyMemory<byte> line)
    {
        try
        {
            return LinedEntry.ReadChunk(line);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ExportedEntry Read(long bytes, string name, Func<CacheEntry> read)
    {
        try
        {
            var entry = read();
            return new ExportedEntry(entry, entry.Url, "", bytes);
        }
        catch (Exception error)
            when (error is InvalidDataException or ArgumentOutOfRangeException or OverflowException)
        {
            return new ExportedEntry(null, name, error.Message, bytes);
        }
    }

    private static string LineName(long number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");
}
