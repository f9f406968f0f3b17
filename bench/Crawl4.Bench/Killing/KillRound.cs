using System.Collections.Concurrent;
using Crawl4.Bench.Caching;
using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Bench.Killing;

/// <summary>One cache all the way to DynamoDB alone and back, by programs that are killed at every step.</summary>
internal sealed class KillRound(int number, int seed, int rows, DynamoDbOptions dynamoDb, KillTally tally)
{
    /// <summary>Every so many rows one is changed while others are migrated.</summary>
    private const int Live = 5;

    private readonly Random _random = new(unchecked((seed * 397) + number));
    private readonly CacheLayout _layout = CacheLayout.All[number % CacheLayout.All.Length];
    private readonly ConcurrentDictionary<string, string?> _expected = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        using var root = new BenchmarkFolder(Path.GetTempPath());
        var made = new MadeCache(Path.Combine(root.Path, "cache"), _layout);
        foreach (var (url, text) in made.Fill(rows, _random))
        {
            _expected[url] = text;
        }

        string[] live = [.. _expected.Keys.Where((url, i) => i % Live == 0 && !made.Damage.ContainsKey(url))];
        string[] still = [.. _expected.Keys.Except(live).Except(made.Damage.Keys)];
        tally.Add("rows made", rows);
        await using (var cache = new KilledCache(made.BasePath, dynamoDb, _expected, tally))
        {
            await ThereAsync(cache, made, live, still);
            await new VerificationKills(cache, _random).RepairAsync([.. still]);
            await new VerificationKills(cache, _random).EqualAsync(1, "After the repair");
            await CheckAsync(cache, "After the repair");
            await new ExportKills(cache, _random, root).RunAsync(2);
            await LeaveAsync(cache);
            if (number % 2 == 0)
            {
                await BackAsync(cache, made, live, await ChangeAsync(cache, still));
                return;
            }
        }

        // As on a machine that never had the cache.
        await using var empty = new KilledCache(Path.Combine(root.Path, "empty"), dynamoDb, _expected, tally);
        await ChangeAsync(empty, still);
        await BackAsync(empty, null, live, still);
    }

    private async Task ThereAsync(KilledCache cache, MadeCache made, string[] live, string[] still)
    {
        ProgramEnd end;
        await using (new LiveWrites(cache, made, live, _random.Next()))
        {
            end = await new MigrationKills(cache, _random, MigrationDirection.ToDynamoDb, still).RunAsync(_random.Next(4, 9));
        }

        tally.Add("migrations to DynamoDB");
        tally.Check(
            end.Code == (made.Damage.Count == 0 ? 0 : 1)
            && end.Report.GetProperty("damaged").GetInt64() == made.Damage.Count, $"{_layout.Name}: the migration says {end}");
        await cache.DrainAsync();
        made.Mend();
        var mended = await cache.RunAsync("migrate", "--json");
        tally.Check(
            mended.Code == 0 && mended.Report.GetProperty("copied").GetInt64() == made.Damage.Count,
            $"{_layout.Name}: with {made.Damage.Count} rows mended the migration says {mended}");
        var again = await cache.RunAsync("migrate", "--json");
        tally.Check(
            again.Code == 0 && again.Report.GetProperty("copied").GetInt64() == 0
            && again.Report.GetProperty("write_units").GetDouble() == 0, $"{_layout.Name}: run again it says {again}");
        await new VerificationKills(cache, _random).EqualAsync(2, $"{_layout.Name}, after the migration");
        await CheckAsync(cache, "After the migration");
    }

    private async Task LeaveAsync(KilledCache cache)
    {
        await SetAsync(cache, new RolloutChange { Percentage = RolloutPercentage.Hundred });
        await new VerificationKills(cache, _random).EqualAsync(1, "With all reads from DynamoDB");
        await SetAsync(cache, new RolloutChange { Stage = RolloutStage.DynamoDbOnly });
    }

    /// <summary>What DynamoDB alone gets to know.</summary>
    private async Task<string[]> ChangeAsync(KilledCache cache, string[] urls)
    {
        var changed = urls.Where(_ => _random.Next(4) == 0).ToArray();
        for (var i = 0; i < changed.Length; i++)
        {
            var text = i % 8 == 0 ? null : MadeCache.Text(_random, 800);
            if (text is null)
            {
                await cache.Stores.Store.DeleteAsync(changed[i], default);
            }
            else
            {
                await cache.Stores.Store.PutAsync(new CacheEntry { Url = changed[i], Html = text }, default);
            }

            _expected[changed[i]] = text;
        }

        return changed;
    }

    private async Task BackAsync(KilledCache cache, MadeCache? made, string[] live, string[] toCopy)
    {
        ProgramEnd end;
        await using (new LiveWrites(cache, null, live, _random.Next()))
        {
            end = await new MigrationKills(cache, _random, MigrationDirection.ToSqlite, toCopy).RunAsync(_random.Next(4, 9));
        }

        tally.Add("migrations to SQLite");
        tally.Check(end.Code == 0, $"{_layout.Name}: the migration back says {end}");
        if (made is not null)
        {
            await using var writes = new LiveWrites(cache, made, live, _random.Next());
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        await cache.DrainAsync();
        // Rows without a time get the version from DynamoDB that they were delivered with.
        await cache.RunAsync("migrate", "--to", "sqlite", "--json");
        var again = await cache.RunAsync("migrate", "--to", "sqlite", "--json");
        tally.Check(
            again.Code == 0 && again.Report.GetProperty("copied").GetInt64() == 0, $"{_layout.Name}: back again it says {again}");
        await new VerificationKills(cache, _random).EqualAsync(2, $"{_layout.Name}, after the way back");
        await CheckAsync(cache, "After the way back");
        await SetAsync(cache, new RolloutChange { Percentage = RolloutPercentage.From(0, "bench") });
        await SetAsync(cache, new RolloutChange { Stage = RolloutStage.SqliteOnly });
        await cache.CheckAsync(cache.Stores.Store, "With SQLite alone");
    }

    private static async Task CheckAsync(KilledCache cache, string when)
    {
        await cache.CheckAsync(cache.Stores.Sqlite, when);
        await cache.CheckAsync(cache.Stores.DynamoDb, when);
    }

    private static async Task SetAsync(KilledCache cache, RolloutChange change) =>
        await cache.Stores.Rollout.ChangeAsync(change with { By = "bench", Reason = "bench" }, window: null, default);
}
