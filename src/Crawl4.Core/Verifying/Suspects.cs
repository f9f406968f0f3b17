using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>URLs that may differ, waiting to be looked at. No more than so many wait: whoever finds them faster waits
/// too, so memory is the same whether one entry differs or all of them do. Of those that were found to differ a hash
/// each is kept, so that none is reported twice.</summary>
internal sealed class Suspects
{
    /// <summary>About ten megabytes of URLs and what is remembered of each.</summary>
    public const int Most = 16_384;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _found = [];
    private readonly Lock _gate;
    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(
        new BoundedChannelOptions(Most) { SingleReader = true, AllowSynchronousContinuations = true });

    /// <param name="gate">Held while anything is added or done.</param>
    public Suspects(Lock gate) => _gate = gate;

    /// <summary>Those that wait or are being looked at. Only under the gate.</summary>
    public IReadOnlyCollection<string> Open => _open;

    public ChannelReader<string> Reader => _waiting.Reader;

    public async ValueTask AddAsync(string url, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if ((_found.Count > 0 && _found.Contains(Hash(url))) || !_open.Add(url))
            {
                return;
            }
        }

        await _waiting.Writer.WriteAsync(url, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One has been found equal, or was given up. Only under the gate.</summary>
    public void Done(string url) => _open.Remove(url);

    /// <summary>One has been found to differ. Only under the gate.</summary>
    public void Found(string url)
    {
        _open.Remove(url);
        _found.Add(Hash(url));
    }

    /// <summary>True where it has been found to differ. Only under the gate.</summary>
    public bool IsFound(string url) => _found.Contains(Hash(url));

    /// <summary>What others have found to differ is not looked at again. Only under the gate.</summary>
    public void Know(Suspects others) => _found.UnionWith(others._found);

    public void Complete() => _waiting.Writer.TryComplete();

    private static UInt128 Hash(string url)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        UrlLeaf.Hash(url, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
