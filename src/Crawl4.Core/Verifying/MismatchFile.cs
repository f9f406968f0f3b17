using System.Runtime.CompilerServices;

namespace Crawl4.Core.Verifying;

/// <summary>Mismatches in a file, a line of JSON each, so that memory is the same however many there are.</summary>
internal sealed class MismatchFile : IMismatchLog, IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <param name="path">The file.</param>
    /// <param name="length">How much of what is there stays: what an interrupted run is known to have written.</param>
    public MismatchFile(string path, long length)
    {
        _path = path;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _file.SetLength(Math.Min(length, _file.Length));
        _file.Seek(0, SeekOrigin.End);
    }

    public long Length => _file.Length;

    public void Add(Mismatch mismatch)
    {
        _file.Write(MismatchJson.Write(mismatch));
        _file.Write("\n"u8);
    }

    /// <summary>What was added is durable after this.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public async IAsyncEnumerable<Mismatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_file.CanWrite)
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        using var reader = new StreamReader(_path, new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous,
        });
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (MismatchJson.Read(line) is { } mismatch)
            {
                yield return mismatch;
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
