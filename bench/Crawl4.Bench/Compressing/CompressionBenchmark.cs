using System.Globalization;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Compressing;

/// <summary>What the entries of real caches weigh in DynamoDB under each codec and level, whole or each text by
/// itself, what that costs, and what it takes of a processor.</summary>
internal static class CompressionBenchmark
{
    private const string FolderOption = "--base-directory";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var folders = arguments.Index().Where(a => a.Item == FolderOption).Select(a => arguments[a.Index + 1]).ToList();
        var at = Array.IndexOf(arguments, "--rounds");
        var rounds = at >= 0 ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : 3;
        if (folders.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                $"give {FolderOption} with a folder that holds a Crawl4AI cache, more than once for more")
                .ConfigureAwait(false);
            return 2;
        }

        var entries = new List<SampleEntry>();
        foreach (var folder in folders)
        {
            await ReadAsync(folder, entries).ConfigureAwait(false);
        }

        Console.WriteLine($"{entries.Count} entries, median of {rounds} rounds, one thread; a write unit is 1 KiB, "
            + $"{Sample.DollarsAMillionWrites} dollars a million");
        Console.WriteLine($"{"",-22}{"bytes",12}{"of raw",8}{"to chunks",11}{"write units",13}{"dollars a",11}"
            + $"{"ms to",9}{"ms to",9}");
        Console.WriteLine($"{"",-22}{"",12}{"",8}{"",11}{"",13}{"M entries",11}{"pack",9}{"unpack",9}");
        foreach (var codec in Codec.All)
        {
            foreach (var whole in new[] { true, false })
            {
                Print(Sample.Measure(codec, entries, whole, rounds));
            }
        }

        return 0;
    }

    private static void Print(Sample s) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{s.Name,-22}{s.Bytes,12}{(double)s.Bytes / s.RawBytes,8:P1}{s.Chunked,11}{s.WriteUnits,13}"
        + $"{s.DollarsAMillionEntries,11:F2}{s.PackMilliseconds,9:F0}{s.UnpackMilliseconds,9:F0}"));

    private static async Task ReadAsync(string folder, List<SampleEntry> entries)
    {
        var cache = CacheFolder.Resolve(folder, _ => null);
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = cache });
        var urls = new List<string>();
        await foreach (var summary in store.ListAsync(CacheQuery.All, CancellationToken.None).ConfigureAwait(false))
        {
            urls.Add(summary.Url);
        }

        await foreach (var lookup in store.GetManyAsync(urls, CancellationToken.None).ConfigureAwait(false))
        {
            if (lookup.Entry is { } entry)
            {
                entries.Add(new SampleEntry(entry));
            }
        }
    }
}
