using System.Buffers;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>Writes entries into an export.</summary>
internal sealed class EntryWriter : IAsyncDisposable
{
    /// <summary>What is kept for the next line. Few entries are larger, and one that is shall not be paid for until the
    /// end.</summary>
    private const int KeptBytes = 4 * 1024 * 1024;

    private readonly ExportFormat _format;
    private readonly DynamoDbOptions _options;
    private readonly IReadOnlyList<PartWriter> _writers;
    private ArrayBufferWriter<byte> _line = new();

    public EntryWriter(ExportFolder folder, ExportFormat format, DynamoDbOptions options, long? partBytes)
    {
        (_format, _options) = (format, options);
        _writers = [.. ExportKind.Of(format).Select(kind => partBytes is { } most
            ? new PartWriter(folder, kind) { MostBytes = most } : new PartWriter(folder, kind))];
    }

    /// <summary>The files that are whole.</summary>
    public IReadOnlyList<ExportPart> Parts => [.. _writers.SelectMany(writer => writer.Parts)];

    public long Bytes => _writers.Sum(writer => writer.Bytes);

    /// <exception cref="Crawl4Exception">The entry cannot be written in this format. Nothing of it was.</exception>
    public async Task WriteAsync(CacheEntry entry, CancellationToken cancellationToken)
    {
        if (_format == ExportFormat.Jsonl)
        {
            await WriteAsync(_writers[0], line => EntryJson.Write(line, entry), cancellationToken).ConfigureAwait(false);
            return;
        }

        var lines = new EntryLines(entry, _options);
        await WriteAsync(_writers[0], lines.WriteHead, cancellationToken).ConfigureAwait(false);
        for (var part = 0; part < lines.Parts; part++)
        {
            var number = part;
            await WriteAsync(_writers[1], line => lines.WriteChunk(line, number), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.EndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(
        PartWriter writer, Action<IBufferWriter<byte>> write, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        write(_line);
        await writer.WriteAsync(_line.WrittenMemory, cancellationToken).ConfigureAwait(false);
        if (_line.Capacity > KeptBytes)
        {
            _line = new ArrayBufferWriter<byte>();
        }
    }
}
