using System.Runtime.CompilerServices;

namespace Crawl4.Core.Verifying;

/// <summary>Mismatches in memory, where there is no folder to keep them in: the first hundred thousand.</summary>
internal sealed class MismatchList : IMismatchLog
{
    private const int Most = 100_000;

    private readonly List<Mismatch> _found = [];

    public void Add(Mismatch mismatch)
    {
        lock (_found)
        {
            if (_found.Count < Most)
            {
                _found.Add(mismatch);
            }
        }
    }

    public async IAsyncEnumerable<Mismatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        Mismatch[] found;
        lock (_found)
        {
            found = [.. _found];
        }

        foreach (var mismatch in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return mismatch;
        }
    }
}
