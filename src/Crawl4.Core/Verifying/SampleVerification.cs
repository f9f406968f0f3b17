using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Compares some entries of both stores, chosen at random among all that either has: each URL gets a number by a
/// hash with the seed, and those with the least numbers are it. So the same URLs are chosen on both sides, and memory
/// is that of the sample.</summary>
internal sealed class SampleVerification(VerificationRun run, int seed)
{
    private readonly PriorityQueue<string, ulong> _chosen = new(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));
    private readonly HashSet<string> _urls = new(StringComparer.Ordinal);

    /// <returns>How many were compared, and how many of them differ.</returns>
    public async Task<(int Size, long Mismatches)> RunAsync(CancellationToken cancellationToken)
    {
        run.Begin("Choosing a sample");
        await ChooseAsync(run.Pair.Sqlite, cancellationToken).ConfigureAwait(false);
        await ChooseAsync(run.Pair.DynamoDb, cancellationToken).ConfigureAwait(false);
        run.Begin("Comparing the sample");
        run.Expect(_urls.Count);
        var judging = new SuspectJudging(run).RunAsync(cancellationToken);
        var known = 0L;
        foreach (var url in _urls)
        {
            lock (run.State.Gate)
            {
                known += run.Suspects.IsFound(url) ? 1 : 0;
            }

            await run.Suspects.AddAsync(url, cancellationToken).ConfigureAwait(false);
            if (judging.IsFaulted)
            {
                break;
            }
        }

        run.Suspects.Complete();
        await judging.ConfigureAwait(false);
        return (_urls.Count, known + run.State.Tally.Mismatches);
    }

    private async Task ChooseAsync(IVerifiableStore store, CancellationToken cancellationToken)
    {
        var side = ReferenceEquals(store, run.Pair.Sqlite) ? Rollout.RolloutStore.Sqlite : Rollout.RolloutStore.DynamoDb;
        await foreach (var url in store.ListUrlsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!run.Includes(url))
            {
                continue;
            }

            lock (run.State.Gate)
            {
                run.State.Tally.AddRead(side, 1, 0);
            }

            Consider(url);
        }
    }

    private void Consider(string url)
    {
        var number = Number(url);
        var isFull = _chosen.Count == run.Options.SampleSize;
        if ((isFull && _chosen.TryPeek(out _, out var greatest) && number >= greatest) || !_urls.Add(url))
        {
            return;
        }

        if (isFull)
        {
            _urls.Remove(_chosen.Dequeue());
        }

        _chosen.Enqueue(url, number);
    }

    private ulong Number(string url)
    {
        var bytes = new byte[sizeof(int) + Encoding.UTF8.GetMaxByteCount(url.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, seed);
        var length = sizeof(int) + Encoding.UTF8.GetBytes(url, bytes.AsSpan(sizeof(int)));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, length), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
