namespace Crawl4.Core.Fetching.Bodies;

/// <summary>A body as it comes from the network: counted, bounded, and able to take back its first bytes.</summary>
internal sealed class CountedStream(Stream inner, long maxBytes, string shown) : Stream
{
    private byte[] _unread = [];

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public void Unread(ReadOnlySpan<byte> bytes)
    {
        _unread = [.. bytes, .. _unread];
        BytesRead -= bytes.Length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unread.Length > 0)
        {
            var taken = Math.Min(_unread.Length, buffer.Length);
            _unread.AsSpan(0, taken).CopyTo(buffer.Span);
            _unread = _unread[taken..];
            BytesRead += taken;
            return taken;
        }

        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        BytesRead += read;
        return BytesRead <= maxBytes
            ? read
            : throw BodyReader.TooLarge($"{shown} is larger than {maxBytes:N0} bytes, the most that are read.", shown);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
