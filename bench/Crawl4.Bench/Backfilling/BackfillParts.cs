using System.Globalization;
using System.Security.Cryptography;
using Crawl4.Bench.Reading;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Backfilling;

/// <summary>Where the processor time of a backfill goes, before anything is sent: one thread, one entry after the
/// other.</summary>
internal static class BackfillParts
{
    /// <summary>Enough for the JIT to be done with it well before the middle one.</summary>
    private const int Rounds = 15;

    public static async Task<int> RunAsync(string source)
    {
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(source, _ => null) });
        var urls = new List<string>();
        await foreach (var url in store.ListUrlsAsync(CancellationToken.None).ConfigureAwait(false))
        {
            urls.Add(url);
        }

        var encoded = urls.ConvertAll(url => Read(store, url));
        Console.WriteLine($"{urls.Count} entries of {encoded.Average(entry => entry.Bytes.Length):0} bytes, "
            + $"median of {Rounds} rounds; CPU time, bytes allocated and bytes packed of one");
        Print("read as bytes", urls.Count, () => urls.Sum(url =>
        {
            using var entry = Read(store, url);
            return 0L;
        }));
        Print("digest", urls.Count, () => encoded.Sum(entry => SHA256.HashData(entry.Bytes.Span).Length));
        Print("prepare, packed quickly", urls.Count, () => encoded.Sum(entry => Prepare(entry, EntryPacking.Quick)));
        Print("prepare, packed small", urls.Count, () => encoded.Sum(entry => Prepare(entry, EntryPacking.Small)));
        encoded.ForEach(entry => entry.Dispose());
        return 0;
    }

    private static EncodedEntry Read(IEncodedSource store, string url) =>
        store.TryReadEncoded(url, sizeBytes: 0, CancellationToken.None)
        ?? throw new InvalidOperationException($"The entry of {url} is not a plain one.");

    private static long Prepare(EncodedEntry entry, EntryPacking packing) =>
        PreparedEntry.Make(entry, 1, ItemBytes, packing).Content.Packed.Count;

    private const int ItemBytes = 400_000;

    private static void Print(string name, int count, Func<long> work)
    {
        var bytes = 0L;
        var times = Enumerable.Range(0, Rounds).Select(_ => ThreadCpu.Measure(() => bytes = work())).ToList();
        var seconds = ThreadCpu.Median(times.Select(time => time.Seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-26}{1e6 * seconds / count,8:N0} us{times[^1].Allocated / count,10:N0}{bytes / count,10:N0}"));
    }
}
