using System.Runtime.CompilerServices;
using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>An entry or a deletion in the source, and what the target has under its URL.</summary>
internal readonly record struct SourceEntry(EntryVersion Source, EntryVersion? Target)
{
    /// <summary>What becomes of it without anything being read or written; null where that has to be
    /// done.</summary>
    /// <remarks>Versions only grow, so what the target has is at least as new as what it is said to have.</remarks>
    public CopyOutcome? Foregone => Target is { } there
        ? there.Version > Math.Max(Source.Version, 1) ? CopyOutcome.Superseded
            : there.Version == Math.Max(Source.Version, 1) && there.IsDeleted == Source.IsDeleted ? CopyOutcome.Unchanged : null
        : Source.IsDeleted ? CopyOutcome.Unchanged : null;
}

/// <summary>Goes through the source in URL order with the target beside it, so that what is there already costs next to
/// nothing.</summary>
internal static class SourceEntries
{
    public static async IAsyncEnumerable<SourceEntry> MergeAsync(
        IAsyncEnumerable<EntryVersion> source, IAsyncEnumerable<EntryVersion>? target,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var other = target?.GetAsyncEnumerator(cancellationToken);
        try
        {
            var isOver = other is null;
            byte[]? at = null;
            await foreach (var entry in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var url = Encoding.UTF8.GetBytes(entry.Url);
                while (!isOver && (at is null || at.AsSpan().SequenceCompareTo(url) < 0))
                {
                    isOver = !await other!.MoveNextAsync().ConfigureAwait(false);
                    at = isOver ? null : Encoding.UTF8.GetBytes(other.Current.Url);
                }

                yield return new SourceEntry(
                    entry, at is not null && at.AsSpan().SequenceEqual(url) ? other!.Current : null);
            }
        }
        finally
        {
            if (other is not null)
            {
                await other.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public static async IAsyncEnumerable<EntryVersion> OfAsync(
        IAsyncEnumerable<CacheEntrySummary> listing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var summary in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new EntryVersion(summary.Url, summary.Version, IsDeleted: false, summary.SizeBytes);
        }
    }
}
