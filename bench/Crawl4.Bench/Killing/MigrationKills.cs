using System.Diagnostics;
using System.Globalization;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;

namespace Crawl4.Bench.Killing;

/// <summary>A migration that is killed over and over, and resumed by the same command.</summary>
internal sealed class MigrationKills(KilledCache cache, Random random, MigrationDirection direction, string[] toCopy)
{
    /// <summary>What is read ahead and written side by side, and a chunk that is not full yet.</summary>
    private const int UnderWay = 25 + 24;

    /// <summary>The checkpoint is written four times a second; the flush takes its time, more where others write
    /// too.</summary>
    private const double CheckpointSeconds = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(2);
    private readonly string[] _arguments =
        direction == MigrationDirection.ToSqlite ? ["migrate", "--to", "sqlite", "--json"] : ["migrate", "--json"];

    private readonly Queue<(long At, long Examined)> _seen = new();
    private double _rate;
    private bool _refused;

    /// <summary>Kills it so often, or until it has ended before.</summary>
    /// <returns>How it ended.</returns>
    public async Task<ProgramEnd> RunAsync(int kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            using var run = cache.Start(_arguments);
            if (random.Next(6) == 0)
            {
                // Anywhere: while it starts, waits for the lease, prepares.
                await run.WaitAsync(TimeSpan.FromSeconds(random.NextDouble() * 10));
            }
            else
            {
                await UntilShareAsync(run);
                await RefuseAsync(run);
                await run.WaitAsync(TimeSpan.FromMilliseconds(random.Next(300)));
            }

            var killed = await run.KillAsync();
            File.Delete(cache.PauseFile);
            if (!killed)
            {
                return await run.EndAsync();
            }

            cache.Tally.Killed($"migrate, {direction}");
            await CountRedoneAsync();
        }

        using var last = cache.Start(_arguments);
        return await last.EndAsync();
    }

    /// <summary>Waits until a random share of what is left is done.</summary>
    private async Task UntilShareAsync(ProgramRun run)
    {
        var began = await cache.StatusAsync(direction);
        var total = began.TotalEntries == 0 ? cache.Expected.Count : began.TotalEntries;
        var target = began.Examined + (long)(random.NextDouble() * (total - began.Examined));
        await UntilAsync(run, status => status.UpdatedAt != began.UpdatedAt && status.Examined >= target);
    }

    private async Task UntilAsync(ProgramRun run, Func<MigrationStatus, bool> reached)
    {
        var started = Stopwatch.GetTimestamp();
        while (!run.HasExited && Stopwatch.GetElapsedTime(started) < MostWait)
        {
            var status = await cache.StatusAsync(direction);
            Watch(status);
            if (reached(status))
            {
                return;
            }

            await run.WaitAsync(Look);
        }
    }

    /// <summary>Rows a second, over about one second.</summary>
    private void Watch(MigrationStatus status)
    {
        _seen.Enqueue((Stopwatch.GetTimestamp(), status.Examined));
        var (at, examined) = _seen.Peek();
        var seconds = Stopwatch.GetElapsedTime(at).TotalSeconds;
        if (seconds >= 1)
        {
            _rate = Math.Max(_rate, (status.Examined - examined) / seconds);
            _seen.Dequeue();
        }
    }

    /// <summary>While the first holds still, a second one has to be refused. Once a migration.</summary>
    private async Task RefuseAsync(ProgramRun run)
    {
        if (_refused || run.HasExited)
        {
            return;
        }

        await File.WriteAllTextAsync(cache.PauseFile, "");
        await UntilAsync(run, status => status.State == MigrationState.Paused);
        if (!run.HasExited && (await cache.StatusAsync(direction)).State == MigrationState.Paused)
        {
            using var second = cache.Start(_arguments);
            await Task.WhenAny(run.WaitAsync(MostWait), second.WaitAsync(MostWait));
            if (!run.HasExited)
            {
                Refused(await second.EndAsync());
            }
            else
            {
                // It was through when it was told to hold still. The second one took over, and holds still now.
                File.Delete(cache.PauseFile);
                await second.EndAsync();
            }
        }

        if (random.Next(2) == 0)
        {
            // Else it is killed while it holds still.
            File.Delete(cache.PauseFile);
        }
    }

    private void Refused(ProgramEnd second)
    {
        _refused = second.Code == 1 && second.Error.Contains("is run by", StringComparison.Ordinal);
        cache.Tally.Check(_refused, $"A second {direction} was not refused: {second}");
        cache.Tally.Add("second runners started");
        cache.Tally.Add("second runners refused", _refused ? 1 : 0);
    }

    /// <summary>What has been copied behind the checkpoint is gone through again.</summary>
    private async Task CountRedoneAsync()
    {
        var status = await cache.StatusAsync(direction);
        ICacheStore source = direction == MigrationDirection.ToSqlite ? cache.Stores.DynamoDb : cache.Stores.Sqlite;
        ICacheStore target = direction == MigrationDirection.ToSqlite ? cache.Stores.Sqlite : cache.Stores.DynamoDb;
        if (status.State != MigrationState.Running || status.Phase != MigrationPhase.Copying)
        {
            return;
        }

        var behind = toCopy.Where(url => string.CompareOrdinal(url, status.Checkpoint) > 0).ToHashSet(StringComparer.Ordinal);
        var here = await VersionsAsync(source, status.Checkpoint);
        var there = await VersionsAsync(target, status.Checkpoint);
        var redone = behind.Count(url =>
            here.TryGetValue(url, out var version) && there.TryGetValue(url, out var copied) && version == copied);
        cache.Tally.Add("rows redone", redone);
        cache.Tally.Most("rows redone after a kill, at most", redone);
        cache.Tally.Most("rows a second, at most", (long)_rate);
        cache.Tally.Check(redone <= UnderWay + (_rate * CheckpointSeconds), string.Create(
            CultureInfo.InvariantCulture, $"{redone} rows are redone after a kill of {direction} at {_rate:0} rows/s."));
    }

    private static async Task<Dictionary<string, long>> VersionsAsync(ICacheStore store, string after)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        var query = new CacheQuery { UrlAfter = after.Length == 0 ? null : after };
        await foreach (var summary in store.ListAsync(query, default))
        {
            versions[summary.Url] = summary.Version;
        }

        return versions;
    }
}
