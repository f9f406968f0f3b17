namespace Crawl4.Core.Fetching.Bodies;

/// <summary>A body as it comes from the network: counted, bounded, and able to take back its first
/// bytes.</summary>
internal sealed class CountedStream(Stream inner, long maxBytes, string shown) : ForwardStream(inner)
{
    private byte[] _unread = [];

    public long BytesRead { get; private set; }

    public void Unread(ReadOnlySpan<byte> bytes)
    {
        _unread = [.. bytes, .. _unread];
        BytesRead -= bytes.Length;
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unread.Length > 0)
        {
            var taken = Math.Min(_unread.Length, buffer.Length);
            _unread.AsSpan(0, taken).CopyTo(buffer.Span);
            _unread = _unread[taken..];
            BytesRead += taken;
            return taken;
        }

        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        BytesRead += read;
        return BytesRead <= maxBytes
            ? read
            : throw BodyReader.TooLarge(
                $"{shown} is larger than {maxBytes:N0} bytes, the most that are read.", shown);
    }
}
