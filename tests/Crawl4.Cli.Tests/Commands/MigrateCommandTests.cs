using System.Text.Json;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Cli.Tests.Commands;

public sealed class MigrateCommandTests : IDisposable
{
    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Status_NothingMigrated_SaysSo()
    {
        Assert.Equal(0, await _run.RunAsync("migrate", "status"));
        Assert.Contains("never migrated", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "status", "--json"));
        Assert.Equal("none", JsonDocument.Parse(_run.Output).RootElement.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("migrate", "--dry-run")]
    public async Task Migrate_FolderWithoutACache_IsRefusedAndMakesNothing(params string[] arguments)
    {
        var mistyped = Path.Combine(_run.BaseDirectory, "mistyped");
        Assert.Equal(2, await _run.RunAsync([.. arguments, "--path", mistyped]));
        Assert.Contains("no cache to migrate", _run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(mistyped));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("stop")]
    [InlineData("limit")]
    public async Task Orders_NothingRuns_Fail(string order)
    {
        Assert.Equal(1, await _run.RunAsync("migrate", order));
        Assert.Contains("No migration", _run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--batch-size", "0")]
    [InlineData("--to", "nowhere")]
    [InlineData("--url", "")]
    public async Task Migrate_WrongValue_IsWrongUsage(string option, string value) =>
        Assert.Equal(2, await _run.RunAsync("migrate", option, value));

    [Fact]
    public async Task Find_FolderWithACache_ListsIt()
    {
        await FillAsync();
        Assert.Equal(0, await _run.RunAsync("cache", "find", _run.BaseDirectory));
        Assert.Contains(_run.BaseDirectory, _run.Output, StringComparison.Ordinal);
        Assert.Contains("3 entries", _run.Output, StringComparison.Ordinal);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Migrate_RehearsedThenRun_CopiesEverything()
    {
        await FillAsync();
        using var tables = await SetUpAsync(await Dynalite.EndpointAsync());
        Assert.Equal(0, await _run.RunAsync("migrate", "--dry-run"));
        Assert.Contains("Nothing was written", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "--json", "--verify"));
        var copied = JsonDocument.Parse(_run.Output).RootElement;
        Assert.Equal(3, copied.GetProperty("copied").GetInt32());
        Assert.Equal("equal", copied.GetProperty("verification").GetProperty("verdict").GetString());
        Assert.Equal(0, await _run.RunAsync("migrate"));
        Assert.Contains("3 there already", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "status"));
        Assert.Contains("completed", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "status", "--json", "--damaged"));
        Assert.Equal(0, JsonDocument.Parse(_run.Output).RootElement.GetProperty("damaged_entries").GetArrayLength());
        Assert.Equal(0, await _run.RunAsync("migrate", "--to", "sqlite", "--dry-run"));
        Assert.Contains("3 are there already", _run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "--to", "sqlite", "--dry-run", "--json"));
        Assert.Equal("to_sqlite", JsonDocument.Parse(_run.Output).RootElement.GetProperty("direction").GetString());
        await tables.RemoveAsync(default);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Migrate_InterruptedOnItsWay_PausesSaysHowToGoOnAndGoesOn()
    {
        const int Entries = 200;
        await FillAsync(Entries);
        using var stop = new CancellationTokenSource();
        var puts = 0;
        await using var proxy = await FaultProxy.StartAsync(await Dynalite.EndpointAsync(), action =>
        {
            if (action == "PutItem" && Interlocked.Increment(ref puts) == Entries / 4)
            {
                stop.Cancel();
            }

            return Fault.None;
        });
        using var tables = await SetUpAsync(proxy.Endpoint);
        Assert.Equal(130, await _run.RunAsync(stop.Token, "migrate", "--throttle-limit", "1"));
        Assert.Contains("Pausing", _run.Error, StringComparison.Ordinal);
        Assert.Contains("paused", _run.Output, StringComparison.Ordinal);
        Assert.Contains("Go on", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("migrate", "--json"));
        var ended = JsonDocument.Parse(_run.Output).RootElement;
        Assert.Equal("completed", ended.GetProperty("state").GetString());
        Assert.Equal(Entries, ended.GetProperty("copied").GetInt32() + ended.GetProperty("unchanged").GetInt32());
        Assert.Equal(0, await _run.RunAsync("verify", "--settle", "0.01"));
        await tables.RemoveAsync(default);
    }

    /// <summary>Tables of its own, which the program finds in its environment.</summary>
    private async Task<DynamoDbTables> SetUpAsync(Uri endpoint)
    {
        var options = new DynamoDbOptions
        {
            Endpoint = endpoint, UseEmulatorCredentials = true,
            ResultsTable = "cli-" + Guid.NewGuid().ToString("N"), ContentTable = "cli-" + Guid.NewGuid().ToString("N"),
            SessionsTable = "cli-" + Guid.NewGuid().ToString("N"),
        };
        var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(default);
        _run.Adapt = context => context with
        {
            Environment = name => name switch
            {
                "DYNAMODB_ENDPOINT" => options.Endpoint.AbsoluteUri,
                "DYNAMODB_TABLE_CRAWL_RESULTS" => options.ResultsTable,
                "DYNAMODB_TABLE_CONTENT" => options.ContentTable,
                "DYNAMODB_TABLE_SESSIONS" => options.SessionsTable,
                _ => context.Environment(name),
            },
        };
        return tables;
    }

    private async Task FillAsync(int count = 3)
    {
        await using var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(_run.BaseDirectory, _ => null) });
        await store.PutManyAsync([.. Enumerable.Range(0, count).Select(i => new CacheEntry { Url = $"https://e/{i}", Html = "<p>x</p>" })], default);
    }
}
