using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Bench.Killing;

/// <summary>Verifications and repairs that are killed over and over.</summary>
internal sealed class VerificationKills(KilledCache cache, Random random)
{
    /// <summary>Longer than it takes until a verification first writes down how far it is.</summary>
    private const string LongSettling = "14";

    private const int PlantedOfAKind = 8;

    private TimeSpan _took = TimeSpan.FromSeconds(3);

    private string Checkpoint => Path.Combine(cache.Stores.Folder.Path, "crawl4_verification.checkpoint");

    /// <summary>Both stores are equal, and that is found out however often it is killed on its way.</summary>
    public async Task EqualAsync(int kills, string when)
    {
        await KillAsync(kills, "verify", "verify", "--settle", "1", "--json");
        var end = await TimedAsync("verify", "--settle", "1", "--json");
        cache.Tally.Check(end.Code == 0, $"{when}: the verification says {end}");
        cache.Tally.Add("verifications that said equal", end.Code == 0 ? 1 : 0);
    }

    /// <summary>Differences are planted; a verification that is killed after its first checkpoint goes on from there and
    /// finds them all; a repair that is killed over and over mends them all.</summary>
    public async Task RepairAsync(string[] urls)
    {
        var planted = await PlantAsync(urls);
        using (var run = cache.Start("verify", "--settle", LongSettling, "--json"))
        {
            var started = Stopwatch.GetTimestamp();
            while (!run.HasExited && !File.Exists(Checkpoint) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
            {
                await run.WaitAsync(TimeSpan.FromMilliseconds(20));
            }

            await run.WaitAsync(TimeSpan.FromMilliseconds(random.Next(1000)));
            await CountAsync(run, "verify, after its checkpoint");
        }

        var found = await cache.RunAsync("verify", "--settle", "1", "--json");
        if (found.Code != 3)
        {
            cache.Tally.Problem($"{planted} differences were planted, and the verification says {found}");
            return;
        }

        var report = found.Report;
        cache.Tally.Check(report.GetProperty("was_resumed").GetBoolean(), "A killed verification was not gone on with.");
        cache.Tally.Add("verifications resumed", report.GetProperty("was_resumed").GetBoolean() ? 1 : 0);
        cache.Tally.Check(report.GetProperty("mismatch_count").GetInt64() == planted, $"{planted} were planted: {found.Output}");
        cache.Tally.Add("differences planted", planted);
        cache.Tally.Add("differences found", report.GetProperty("mismatch_count").GetInt64());
        await KillAsync(2, "verify --repair", "verify", "--repair", "--settle", "1");
        var end = await TimedAsync("verify", "--repair", "--settle", "1");
        cache.Tally.Check(end.Code == 0, $"The repair says {end}");
    }

    private async Task KillAsync(int kills, string what, params string[] arguments)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            using var run = cache.Start(arguments);
            await run.WaitAsync(random.NextDouble() * _took);
            await CountAsync(run, what);
        }
    }

    private async Task CountAsync(ProgramRun run, string what)
    {
        if (await run.KillAsync())
        {
            cache.Tally.Killed(what);
        }
    }

    private async Task<ProgramEnd> TimedAsync(params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var end = await cache.RunAsync(arguments);
        _took = Stopwatch.GetElapsedTime(started);
        return end;
    }

    /// <returns>How many.</returns>
    private async Task<int> PlantAsync(string[] urls)
    {
        // What is in chunks has no content in its item that could be damaged there.
        urls = [.. urls.Where(url => cache.Expected[url]?.Length < cache.DynamoDb.MaxItemSize / 2)];
        random.Shuffle(urls);
        using var client = ServiceClient.Make(cache.DynamoDb);
        var dynamoDb = cache.Stores.DynamoDb;
        for (var i = 0; i < PlantedOfAKind; i++)
        {
            Task ChangeAsync(int kind, string name, AttributeValue value) => client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = cache.DynamoDb.ResultsTable, Key = new() { ["url"] = new(urls[(i * 4) + kind]) },
                UpdateExpression = "SET #n = :v", ExpressionAttributeNames = new() { ["#n"] = name },
                ExpressionAttributeValues = new() { [":v"] = value },
            });
            await client.DeleteItemAsync(cache.DynamoDb.ResultsTable, new() { ["url"] = new(urls[i * 4]) });
            await ChangeAsync(1, "crawl4_content", new AttributeValue { B = new MemoryStream([1, 2, 3]) });
            await ChangeAsync(2, "ttl", new AttributeValue { N = "1000" });
            await PutAsync(dynamoDb, urls[(i * 4) + 3]);
            await PutAsync(dynamoDb, FormattableString.Invariant($"https://kills.example/planted/{i}"));
        }

        return 5 * PlantedOfAKind;
    }

    private async Task PutAsync(DynamoDbCacheStore dynamoDb, string url)
    {
        var text = MadeCache.Text(random, 500);
        await dynamoDb.PutAsync(new CacheEntry { Url = url, Html = text }, default);
        cache.Expected[url] = text;
    }
}
