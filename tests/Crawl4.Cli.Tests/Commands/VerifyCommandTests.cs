using System.Text.Json;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly CliRun _run = new();
    private readonly string _table = "t" + Guid.NewGuid().ToString("N");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Verify_SampleSizeWithAnotherMode_IsWrongUsage()
    {
        Assert.Equal(2, await _run.RunAsync("verify", "--mode", "full", "--sample-size", "5"));
        Assert.Contains("--mode sample", _run.Error, StringComparison.Ordinal);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Verify_EqualThenDifferentThenRepaired_SaysSoByExitCode()
    {
        var options = await SetUpAsync();
        Assert.Equal(0, await _run.RunAsync("verify", "--settle", "0.01"));
        Assert.Contains("Verdict", _run.Output, StringComparison.Ordinal);
        await using (var dynamoDb = new DynamoDbCacheStore(options))
        {
            await dynamoDb.DeleteAsync("https://example.com/1", CancellationToken.None);
            await dynamoDb.PutAsync(new CacheEntry { Url = "https://example.com/2", Html = "newer", Version = 9 }, CancellationToken.None);
        }

        var page = Path.Combine(_run.BaseDirectory, "report.html");
        Assert.Equal(3, await _run.RunAsync("verify", "--settle", "0.01", "--json", "--report", page));
        var report = JsonDocument.Parse(Assert.Single(_run.OutputLines)).RootElement;
        Assert.Equal("different", report.GetProperty("verdict").GetString());
        Assert.Equal(2, report.GetProperty("mismatches").GetArrayLength());
        Assert.Contains("https://example.com/2", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        // One was deleted in DynamoDB: that is done in SQLite only with leave.
        Assert.Equal(3, await _run.RunAsync("verify", "--settle", "0.01", "--repair"));
        Assert.Contains("Repaired 1, left 1.", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("verify", "--settle", "0.01", "--repair", "--allow-delete"));
        Assert.Equal(0, await _run.RunAsync("verify", "--settle", "0.01", "--report", page));
        Assert.Contains($"Report    {page}", _run.Output, StringComparison.Ordinal);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Verify_SampleAndCount_AreQuickLooks()
    {
        await SetUpAsync();
        Assert.Equal(0, await _run.RunAsync("verify", "--mode", "count"));
        Assert.Contains("only counted", _run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("verify", "--mode", "sample", "--sample-size", "2"));
        Assert.Contains("0 of 2 differ", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DynamoDbAway_AnswersOne()
    {
        Use(new Uri("http://127.0.0.1:9"));
        Assert.Equal(1, await _run.RunAsync("verify", "--mode", "count"));
        Assert.Contains("crawl4: ", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhileDynamoDbMayNotBeCalled_IsWrongUsage()
    {
        _run.Adapt = context => context with { Environment = name => name == "FORCE_SQLITE" ? "true" : context.Environment(name) };
        Assert.Equal(2, await _run.RunAsync("verify"));
        Assert.Contains("FORCE_SQLITE", _run.Error, StringComparison.Ordinal);
    }

    private async Task<DynamoDbOptions> SetUpAsync()
    {
        var endpoint = await Dynalite.EndpointAsync();
        Use(endpoint);
        var options = new DynamoDbOptions
        {
            Endpoint = endpoint, UseEmulatorCredentials = true, Region = "us-east-1", ResultsTable = _table,
            ContentTable = _table + "-content", SessionsTable = _table + "-sessions",
        };
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(CancellationToken.None);
        await using var sqlite = new SqliteCacheStore(new SqliteStoreOptions { Folder = CacheFolder.Resolve(_run.BaseDirectory, _ => null) });
        await using var dynamoDb = new DynamoDbCacheStore(options);
        var entries = Enumerable.Range(0, 5).Select(i => new CacheEntry { Url = $"https://example.com/{i}", Html = $"{i}", Version = 5 }).ToList();
        await sqlite.PutManyAsync(entries, CancellationToken.None);
        await dynamoDb.PutManyAsync(entries, CancellationToken.None);
        return options;
    }

    private void Use(Uri endpoint) => _run.Adapt = context => context with
    {
        Environment = name => name switch
        {
            "DYNAMODB_ENDPOINT" => endpoint.AbsoluteUri,
            "DYNAMODB_MAX_RETRIES" => "0",
            "AWS_REGION" => "us-east-1",
            "DYNAMODB_TABLE_CRAWL_RESULTS" => _table,
            "DYNAMODB_TABLE_CONTENT" => _table + "-content",
            "DYNAMODB_TABLE_SESSIONS" => _table + "-sessions",
            _ => context.Environment(name),
        },
    };
}
