using System.Diagnostics;
using Crawl4.Bench.Caching;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Bench.Killing;

/// <summary>Exports and imports that are killed over and over.</summary>
internal sealed class ExportKills(KilledCache cache, Random random, BenchmarkFolder root)
{
    private readonly string _format = random.Next(2) == 0 ? "jsonl" : "dynamodb-json";

    public async Task RunAsync(int kills)
    {
        var whole = Path.Combine(root.Path, "whole");
        var started = Stopwatch.GetTimestamp();
        var end = await cache.RunAsync("cache", "export", whole, "--format", _format, "--json");
        var took = Stopwatch.GetElapsedTime(started);
        cache.Tally.Check(end.Code == 0, $"The export says {end}");
        for (var kill = 0; kill < kills; kill++)
        {
            await KillExportAsync(Path.Combine(root.Path, $"export{kill}"), random.NextDouble() * took);
        }

        await ImportAsync(whole, kills);
    }

    private async Task KillExportAsync(string folder, TimeSpan after)
    {
        using (var run = cache.Start("cache", "export", folder, "--format", _format))
        {
            await run.WaitAsync(after);
            if (!await run.KillAsync())
            {
                return;
            }
        }

        cache.Tally.Killed("cache export");
        Directory.CreateDirectory(folder);
        var isWhole = File.Exists(Path.Combine(folder, "manifest.json"));
        var end = await ProgramRun.RunAsync(
            Path.Combine(root.Path, "nowhere"), null, "cache", "import", folder, "--dry-run");
        cache.Tally.Check(end.Code == (isWhole ? 0 : 1), $"A killed export is taken for {end}");
        cache.Tally.Add("killed exports refused by import", end.Code == 1 ? 1 : 0);
    }

    private async Task ImportAsync(string whole, int kills)
    {
        var into = Path.Combine(root.Path, "into");
        var took = TimeSpan.FromSeconds(2);
        for (var kill = 0; kill < kills; kill++)
        {
            using var run = ProgramRun.Start(into, null, "cache", "import", whole);
            await run.WaitAsync(random.NextDouble() * took);
            if (await run.KillAsync())
            {
                cache.Tally.Killed("cache import");
            }
        }

        var end = await ProgramRun.RunAsync(into, null, "cache", "import", whole, "--json");
        var again = await ProgramRun.RunAsync(into, null, "cache", "import", whole, "--json");
        cache.Tally.Check(end.Code == 0, $"The import says {end}");
        cache.Tally.Check(
            again.Code == 0 && again.Report.GetProperty("stored").GetInt64() == 0, $"Imported again, it says {again}");
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(into, _ => null) });
        await cache.CheckAsync(store, "After the import");
    }
}
