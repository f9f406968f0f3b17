using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>Reads the lines of an export's files.</summary>
internal sealed class PartReader(ExportFolder folder)
{
    private const int FirstBufferBytes = 256 * 1024;

    /// <summary>The longest line: an entry of 170 MB of which every character is escaped, far more than a page of 25 MiB
    /// and all that is made of it.</summary>
    private const int MostLineBytes = 1024 * 1024 * 1024;

    /// <summary>How much of the files was read.</summary>
    public long Bytes { get; private set; }

    /// <summary>The lines of several files one after the other. Each line lasts until the next one is asked
    /// for.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ExportInvalid"/> where a file does not have what the
    /// manifest says.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IEnumerable<ExportPart> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            await foreach (var line in ReadAsync(part, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }

            Bytes += part.FileBytes;
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        ExportPart part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gzip = new GZipStream(Open(part), CompressionMode.Decompress);
        await using var closing = gzip.ConfigureAwait(false);
        var buffer = new byte[FirstBufferBytes];
        var (start, end, lines, raw) = (0, 0, 0L, 0L);
        while (true)
        {
            var count = await FillAsync(gzip, buffer.AsMemory(end), part, cancellationToken).ConfigureAwait(false);
            raw += count;
            if (count == 0 || raw > part.RawBytes)
            {
                break;
            }

            var searched = end;
            end += count;
            while (buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n') is >= 0 and var found)
            {
                var stop = searched + found;
                lines++;
                yield return buffer.AsMemory(start, stop - start);
                start = searched = stop + 1;
            }

            // What is left of the last line goes to the front, and there is room behind it.
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, end < MostLineBytes ? end * 2 : throw Wrong(part, "a line of it is too long", null));
            }
        }

        // .NET's gzip takes a file that was cut off for one that ends.
        if (end > 0 || lines != part.Lines || raw != part.RawBytes)
        {
            throw Wrong(part, "it has other lines than the manifest says", null);
        }
    }

    private FileStream Open(ExportPart part)
    {
        try
        {
            return File.OpenRead(folder.PathOf(part.Name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ExportFolder.Failure(folder.Path, error);
        }
    }

    private async ValueTask<int> FillAsync(
        GZipStream gzip, Memory<byte> free, ExportPart part, CancellationToken cancellationToken)
    {
        try
        {
            return await gzip.ReadAsync(free, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw Wrong(part, "it cannot be unpacked", error);
        }
        catch (IOException error)
        {
            throw ExportFolder.Failure(folder.Path, error);
        }
    }

    /// <summary>The failure of a file that is not what was written.</summary>
    public static Crawl4Exception Wrong(ExportPart part, string why, Exception? cause) => new Crawl4Error(
        Crawl4ErrorCode.ExportInvalid, $"'{part.Name}' of the export is not what was written: {why}.", part.Name)
        .ToException(cause);
}
