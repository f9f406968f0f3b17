using System.Collections;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Reads all digests of one store into its hash tree.</summary>
internal sealed class SideReading(VerificationRun run, RolloutStore side)
{
    /// <summary>More requests under way gain little where content is unpacked and hashed.</summary>
    private const int PartsAtOnce = 4;

    /// <summary>So many entries are summed up apart before they are added to the tree.</summary>
    private const int Together = 8192;

    private readonly SideState _state = run.State[side];
    private readonly IVerifiableStore _store = run.Pair[side];
    private bool _answers;

    /// <summary>True where everything was read.</summary>
    /// <exception cref="Crawl4Exception">The store gave nothing at all: that its other parts fail too need not be waited
    /// for.</exception>
    public async Task<bool> ReadAsync(bool fromContent, CancellationToken cancellationToken)
    {
        var count = await _store.CountPartsAsync(fromContent, cancellationToken).ConfigureAwait(false);
        if (_state.Parts.Count != count)
        {
            _state.Parts = new BitArray(count);
        }

        _answers = _state.After is not null || _state.Parts.HasAnySet();
        var complete = true;
        var open = Enumerable.Range(0, count).Where(part => !_state.Parts[part]).ToList();
        await Workers.RunAsync(open, Math.Min(PartsAtOnce, count), async part =>
        {
            var read = await run.TryAsync(
                $"Part {part + 1} of {count} of {_store.Description}",
                () => ReadPartAsync(part, count == 1, fromContent, cancellationToken), cancellationToken,
                isVital: () => !Volatile.Read(ref _answers)).ConfigureAwait(false);
            if (!read)
            {
                Volatile.Write(ref complete, false);
            }
        }).ConfigureAwait(false);
        return Volatile.Read(ref complete);
    }

    /// <summary>A part that can be gone on with is added bit by bit; another one only when all of it is read, so that
    /// nothing is ever added twice.</summary>
    private async Task ReadPartAsync(int part, bool inOrder, bool fromContent, CancellationToken cancellationToken)
    {
        var sums = new LeafSums();
        var (entries, bytes) = (0L, 0L);
        var query = new DigestQuery { Part = part, FromContent = fromContent, After = inOrder ? _state.After : null };
        var listing = _store.ListDigestsAsync(query, cancellationToken);
        await foreach (var listed in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Volatile.Write(ref _answers, true);
            if (run.Includes(listed.Url))
            {
                sums.Add(listed.Url, listed.Digest.Span);
                entries++;
                bytes += listed.SizeBytes;
                await SuspectAsync(listed, cancellationToken).ConfigureAwait(false);
            }

            if (inOrder && entries >= Together)
            {
                Add(sums, entries, bytes, () => _state.After = listed.Url);
                sums.Clear();
                (entries, bytes) = (0, 0);
            }
        }

        Volatile.Write(ref _answers, true);
        Add(sums, entries, bytes, () => _state.Parts[part] = true);
    }

    private void Add(LeafSums sums, long entries, long bytes, Action how)
    {
        lock (run.State.Gate)
        {
            _state.Sums.Add(sums);
            run.State.Tally.AddRead(side, entries, bytes);
            how();
        }

        run.Tell();
    }

    private async ValueTask SuspectAsync(ListedDigest listed, CancellationToken cancellationToken)
    {
        if (listed.IsUnlisted)
        {
            lock (run.State.Gate)
            {
                run.State.HasUnlisted = true;
            }
        }

        if (listed.IsDamaged)
        {
            await run.Suspects.AddAsync(listed.Url, cancellationToken).ConfigureAwait(false);
        }
    }
}
