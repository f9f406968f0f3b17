namespace Crawl4.Core.Verifying;

/// <summary>Does one thing to many, some of them at a time. It starts no threads: what is awaited decides where work goes
/// on, so that a simulation can repeat it exactly.</summary>
internal static class Workers
{
    public static async Task RunAsync<T>(IEnumerable<T> items, int atOnce, Func<T, Task> work)
    {
        using var left = items.GetEnumerator();
        var gate = new Lock();
        var failed = false;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => WorkAsync())).ConfigureAwait(false);

        async Task WorkAsync()
        {
            while (TryTake(out var item))
            {
                try
                {
                    await work(item!).ConfigureAwait(false);
                }
                catch
                {
                    // The others end what they have begun; the first failure is the caller's.
                    Volatile.Write(ref failed, true);
                    throw;
                }
            }
        }

        bool TryTake(out T? item)
        {
            lock (gate)
            {
                var more = !Volatile.Read(ref failed) && left.MoveNext();
                item = more ? left.Current : default;
                return more;
            }
        }
    }
}
