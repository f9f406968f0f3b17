namespace Crawl4.Core.Fetching.Bodies;

/// <summary>Stands below a decompressor and knows whether it was cut short. .NET's decompressors take the end
/// of their input for the end of the data, unless a switch for the whole process says otherwise. But one that
/// is done does not ask for more, and one that asks at the end was not done.</summary>
/// <param name="inner">The compressed data.</param>
/// <param name="tail">What is given once after the end, see <see cref="AfterGzip"/>.</param>
internal sealed class EndWatch(Stream inner, byte[] tail) : ForwardStream(inner)
{
    /// <summary>gzip may go on with another member, so its decompressor always asks for more. It gets an
    /// empty member and two bytes that begin none: one that is done takes the member and stops before the
    /// two; one that is not takes all of it for data, which fails or leaves it asking.</summary>
    public static readonly byte[] AfterGzip =
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'X', (byte)'X'];

    private byte[] _tail = tail;

    /// <summary>True where the decompressor wanted more than there was.</summary>
    public bool AskedPastEnd { get; private set; }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read > 0 || buffer.Length == 0)
        {
            return read;
        }

        var taken = Math.Min(_tail.Length, buffer.Length);
        _tail.AsSpan(0, taken).CopyTo(buffer.Span);
        _tail = _tail[taken..];
        AskedPastEnd |= taken == 0;
        return taken;
    }
}
