using System.Diagnostics;
using System.Globalization;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;
using Crawl4.Core.Tests.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A process that writes to both stores is killed (SIGKILL) between the commit in SQLite and the emptied
/// outbox.</summary>
public sealed class KilledHybridTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The points: a delivery has been sent and not carried out; carried out and not answered; answered, at some
    /// later write; or some were refused before.</summary>
    [RequiresTheory(Requirement.Dynalite)]
    [InlineData(Fault.Hang, 1)]
    [InlineData(Fault.Hang, 30)]
    [InlineData(Fault.HangAfter, 1)]
    [InlineData(Fault.HangAfter, 30)]
    [InlineData(Fault.None, 2)]
    [InlineData(Fault.None, 60)]
    [InlineData(Fault.Throttling, 20)]
    [InlineData(Fault.LostAnswer, 20)]
    public async Task Killed_AtAPoint_LosesNothingAndIsDeliveredLater(Fault fault, int atPut)
    {
        await using var tables = await TestTables.NewAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var puts = 0;
        await using var proxy = await FaultProxy.StartAsync(await Dynalite.EndpointAsync(), action =>
        {
            if (action != "PutItem" || ++puts < atPut)
            {
                return Fault.None;
            }

            reached.TrySetResult();
            return fault;
        });
        await using (var stores = Open(tables.Options))
        {
            await stores.Rollout.ChangeAsync(Percent(50), null, default);
        }

        // The state's own item has been put; from here on it is the entries that count.
        var acknowledged = await WriteUntilAsync(reached.Task, tables.Options with { Endpoint = proxy.Endpoint });
        Assert.NotEmpty(acknowledged);
        await AssertNothingLostAsync(tables.Options, acknowledged);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Percentage_ChangedByAnotherProcess_IsFollowed()
    {
        await using var tables = await TestTables.NewAsync();
        using var child = ChildWriter.Start("follow", _folder.Path, Environment(tables.Options));
        try
        {
            Assert.Equal("SqliteOnly", await child.StandardOutput.ReadLineAsync());
            await using var stores = Open(tables.Options);
            foreach (var percent in new[] { 10, 100 })
            {
                await stores.Rollout.ChangeAsync(Percent(percent), null, default);
                Assert.Equal($"Ramp {percent} %", await child.StandardOutput.ReadLineAsync());
            }
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }
    }

    private static RolloutChange Percent(int percent) =>
        new() { Percentage = RolloutPercentage.From(percent, "test") };

    private static Dictionary<string, string> Environment(DynamoDbOptions options) => new()
    {
        ["DYNAMODB_ENDPOINT"] = options.Endpoint!.AbsoluteUri,
        ["DYNAMODB_TABLE_CRAWL_RESULTS"] = options.ResultsTable,
        ["DYNAMODB_TABLE_CONTENT"] = options.ContentTable,
        ["DYNAMODB_TABLE_SESSIONS"] = options.SessionsTable,
    };

    private async Task<Dictionary<string, long>> WriteUntilAsync(Task reached, DynamoDbOptions options)
    {
        using var child = ChildWriter.Start("hybrid", _folder.Path, Environment(options));
        _ = reached.ContinueWith(_ => Kill(child), TaskScheduler.Default);
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.EndsWith("Stored", StringComparison.Ordinal))
            {
                var number = int.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
                var entry = ChildWriter.Entry(number);
                newest[entry.Url] = Math.Max(newest.GetValueOrDefault(entry.Url), entry.Version);
            }
        }

        await child.WaitForExitAsync();
        return newest;
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was gone already.
        }
    }

    private async Task AssertNothingLostAsync(DynamoDbOptions options, Dictionary<string, long> acknowledged)
    {
        await using var stores = Open(options);
        // First as it was left, then with everything delivered, then from one store alone and from the other.
        await AssertReadAsync(stores.Store, acknowledged);
        Assert.True(await stores.DrainAsync(default));
        Assert.Equal(0, (await stores.Sqlite.Outbox.GetStatusAsync(default)).KeyCount);
        await AssertReadAsync(stores.Store, acknowledged);
        await AssertReadAsync(stores.Sqlite, acknowledged);
        await AssertReadAsync(stores.DynamoDb, acknowledged);
        await foreach (var summary in stores.Sqlite.ListAsync(CacheQuery.All, default))
        {
            Assert.Equal(
                await stores.Sqlite.GetAsync(summary.Url, default), await stores.DynamoDb.GetAsync(summary.Url, default));
        }
    }

    /// <summary>A later write may have been committed without its answer being heard.</summary>
    private static async Task AssertReadAsync(ICacheStore store, Dictionary<string, long> acknowledged)
    {
        foreach (var (url, version) in acknowledged)
        {
            var read = await store.GetAsync(url, default);
            Assert.True(read?.Version >= version, $"{store.Description} has {read?.Version} of {url}, {version} was acknowledged");
            Assert.Equal(ChildWriter.Entry((int)read!.Version - 1), read);
        }
    }

    private CacheStores Open(DynamoDbOptions options) => new(new CacheStoresOptions
    {
        Folder = CacheFolder.Resolve(_folder.Path, _ => null),
        DynamoDb = options,
        Hybrid = new HybridOptions { DrainsByItself = false, ReadDeadline = TimeSpan.FromSeconds(30) },
        Environment = _ => null,
    });
}
