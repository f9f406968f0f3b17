using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Unpacks content as its parts come, so that none of them has to wait in memory for the others.</summary>
/// <param name="raw">Where to: as many bytes as were packed. No more is ever written, whatever the parts would unpack
/// to.</param>
internal sealed class ContentUnpacking(Memory<byte> raw) : IDisposable
{
    private BrotliDecoder _decoder;
    private OperationStatus _status = OperationStatus.NeedMoreData;
    private int _written;

    /// <summary>Unpacks the next part.</summary>
    /// <exception cref="InvalidDataException">It is not what was packed.</exception>
    public void Take(ReadOnlyMemory<byte> part)
    {
        if (_status != OperationStatus.NeedMoreData || !TryTake(part.Span))
        {
            throw NotPacked();
        }
    }

    /// <summary>Checks, after the last part, that all of it is what was packed.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public void End(ReadOnlySpan<byte> digest)
    {
        if (_status != OperationStatus.Done || _written < raw.Length)
        {
            throw NotPacked();
        }

        if (!SHA256.HashData(raw.Span).AsSpan().SequenceEqual(digest))
        {
            throw new InvalidDataException("The content is not what was written: its digest differs.");
        }
    }

    public void Dispose() => _decoder.Dispose();

    /// <returns>False where there is more than fits, or the bytes go on after the end.</returns>
    private bool TryTake(ReadOnlySpan<byte> part)
    {
        // The decoder does not look for the end without room to write to.
        Span<byte> spare = stackalloc byte[1];
        do
        {
            var isFull = _written == raw.Length;
            _status = _decoder.Decompress(part, isFull ? spare : raw.Span[_written..], out var read, out var written);
            part = part[read..];
            if (isFull && written > 0)
            {
                return false;
            }

            _written += written;
        }
        while (_status == OperationStatus.DestinationTooSmall);
        return part.IsEmpty;
    }

    private static InvalidDataException NotPacked() => new("The content cannot be unpacked.");
}
