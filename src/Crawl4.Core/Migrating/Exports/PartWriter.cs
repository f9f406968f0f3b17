using System.Buffers;
using System.IO.Compression;
using Crawl4.Core.Files;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>Writes lines into gzip files of bounded size. A file has its name only when it is whole.</summary>
internal sealed class PartWriter(ExportFolder folder, ExportKind kind) : IAsyncDisposable
{
    /// <summary>A file ends with the line that makes it so large. DynamoDB imports 50,000 files at once, 3 TB of these;
    /// smaller ones would be too many, larger ones a nuisance to copy again.</summary>
    private const long PartBytes = 64 * 1024 * 1024;

    private static readonly byte[] LineEnd = [(byte)'\n'];

    private readonly List<ExportPart> _parts = [];
    private string _temporary = "";
    private FileStream? _file;
    private GZipStream? _gzip;
    private long _lines;
    private long _rawBytes;

    /// <summary>The files that are whole.</summary>
    public IReadOnlyList<ExportPart> Parts => _parts;

    /// <summary>How much is on disk, about.</summary>
    public long Bytes => _parts.Sum(part => part.FileBytes) + (_file?.Position ?? 0);

    /// <summary>What one file holds at most, but for its last line.</summary>
    internal long MostBytes { get; init; } = PartBytes;

    public async Task WriteAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (_gzip is null)
        {
            _temporary = folder.NewTemporary(kind);
            _file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _gzip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
        }

        await _gzip.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        await _gzip.WriteAsync(LineEnd, cancellationToken).ConfigureAwait(false);
        _lines++;
        _rawBytes += line.Length + LineEnd.Length;
        if (_file!.Position >= MostBytes)
        {
            await EndPartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the last file, and makes the names of all durable.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await EndPartAsync(cancellationToken).ConfigureAwait(false);
        if (_parts.Count > 0)
        {
            DirectorySync.Flush(folder.FolderOf(kind));
        }
    }

    /// <summary>Closes what is open. A file that is not whole keeps its temporary name.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_gzip is not null)
        {
            await _gzip.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }

        (_gzip, _file) = (null, null);
    }

    private async Task EndPartAsync(CancellationToken cancellationToken)
    {
        if (_gzip is null || _file is null)
        {
            return;
        }

        await _gzip.DisposeAsync().ConfigureAwait(false);
        await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        await DisposeAsync().ConfigureAwait(false);
        var name = ExportFolder.NameOf(kind, _parts.Count + 1);
        File.Move(_temporary, folder.PathOf(name));
        var (bytes, sha256) = await folder.SumAsync(name, cancellationToken).ConfigureAwait(false);
        _parts.Add(new ExportPart(name, _lines, _rawBytes, bytes, sha256));
        (_lines, _rawBytes) = (0, 0);
    }
}
