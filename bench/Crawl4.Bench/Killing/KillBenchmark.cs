using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Testing;

namespace Crawl4.Bench.Killing;

/// <summary>Processes of the real program are killed (SIGKILL) until there were enough kills, over as many caches as that
/// takes. Nothing acknowledged may be lost.</summary>
internal static class KillBenchmark
{
    public const string Usage =
        "       Crawl4.Bench kills [--kills N] [--rows N] [--lanes N] [--seed N] [--endpoint URL]";

    /// <summary>So that large content goes into chunks.</summary>
    private const int MaxItemSize = 16_384;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var kills = Number(arguments, "--kills") ?? 200;
        var rows = Number(arguments, "--rows") ?? 1200;
        var seed = Number(arguments, "--seed") ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        // Who resumes waits until the one that was killed has been silent for long enough, so several can go on at once.
        var lanes = Number(arguments, "--lanes") ?? 4;
        if (Text(arguments, "--endpoint") is null && Dynalite.Folder is null && Dynalite.Named is null)
        {
            await Console.Error.WriteLineAsync("There is no DynamoDB: give its --endpoint, or install dynalite for Node.");
            return 2;
        }

        var endpoint = Text(arguments, "--endpoint") is { } given ? new Uri(given) : await Dynalite.EndpointAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Seed {seed}: {kills} kills, caches of {rows} rows, {lanes} at once"));
        var tally = new KillTally();
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => Task.Run(async () =>
        {
            while (tally.Kills < kills)
            {
                await RoundAsync(Interlocked.Increment(ref next), seed, rows, endpoint, tally);
            }
        })));
        tally.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Seed {seed}, {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} minutes"));
        return tally.IsClean ? 0 : 1;
    }

    private static async Task RoundAsync(int number, int seed, int rows, Uri endpoint, KillTally tally)
    {
        var name = "kills" + Guid.NewGuid().ToString("N");
        var options = new DynamoDbOptions
        {
            Endpoint = endpoint, UseEmulatorCredentials = endpoint.IsLoopback, MaxItemSize = MaxItemSize,
            ResultsTable = name + "-results", ContentTable = name + "-content", SessionsTable = name + "-sessions",
        };
        using var tables = new DynamoDbTables(options);
        await tables.InitialiseAsync(default);
        try
        {
            await new KillRound(number, seed, rows, options, tally).RunAsync();
        }
        catch (Exception error)
        {
            tally.Problem($"Round {number} ended: {error}");
        }
        finally
        {
            await tables.RemoveAsync(default);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Round {number} is done: {tally.Kills} kills so far"));
    }

    private static int? Number(string[] arguments, string name) =>
        Text(arguments, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
