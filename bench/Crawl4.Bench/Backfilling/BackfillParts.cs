using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Crawl4.Bench.Reading;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Backfilling;

/// <summary>Where the CPU time of a backfill goes: what reading, encoding, hashing and packing one entry take on one
/// thread.</summary>
internal static class BackfillParts
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string source)
    {
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(source, _ => null) });
        var urls = new List<string>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, CancellationToken.None).ConfigureAwait(false))
        {
            urls.Add(summary.Url);
        }

        var entries = new List<CacheEntry>();
        foreach (var url in urls)
        {
            entries.Add((await store.GetAsync(url, CancellationToken.None).ConfigureAwait(false))!);
        }

        Measure("read", urls.Count, () => urls.ForEach(u => ((IEncodedSource)store).TryReadEncoded(u, 0, default)!.Dispose()));
        if (Environment.GetEnvironmentVariable("ONLY_READ") == "1") { for (var i = 0; i < 6; i++) { Measure("read", urls.Count, () => urls.ForEach(u => ((IEncodedSource)store).TryReadEncoded(u, 0, default)!.Dispose())); } return 0; }
        Measure("encode", urls.Count, () => entries.ForEach(e => new EncodedEntry(CanonicalEntry.Of(e)).Dispose()));
        Measure("digest", urls.Count, () => entries.ForEach(e =>
        {
            using var encoded = new EncodedEntry(CanonicalEntry.Of(e));
            SHA256.HashData(encoded.Bytes.Span);
        }));
        foreach (var q in new[] { 0, 1, 5 })
        {
            foreach (var window in new[] { 18, 22 })
            {
                var (bytes, raw) = (0L, 0L);
                var buffer = new byte[1 << 24];
                Measure($"brotli {q} {window}", urls.Count, () => entries.ForEach(e =>
                {
                    using var encoded = new EncodedEntry(CanonicalEntry.Of(e));
                    BrotliEncoder.TryCompress(encoded.Bytes.Span, buffer, out var count, q, window);
                    bytes += count;
                    raw += encoded.Bytes.Length;
                }));
                Console.WriteLine($"   {100.0 * bytes / raw:0.0} %  {raw / urls.Count / Rounds} bytes");
            }
        }

        Measure("prepare", urls.Count, () => entries.ForEach(e => PreparedEntry.Make(e, 400_000)));
        return 0;
    }

    private static void Measure(string name, int count, Action work)
    {
        var times = Enumerable.Range(0, Rounds).Select(_ => ThreadCpu.Measure(work)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-20}{1e6 * ThreadCpu.Median(times.Select(t => t.Seconds)) / count,10:N0} us{times[^1].Allocated / count,12:N0} bytes"));
    }
}
