using System.Diagnostics;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>This assembly started once more as a process of its own, over tables of a test.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="options">Where the tables are.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="variables">What it finds in its environment besides.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(
        DynamoDbOptions options, TimeSpan deadline, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location])
        {
            Environment =
            {
                ["DYNAMODB_ENDPOINT"] = options.Endpoint!.AbsoluteUri,
                ["DYNAMODB_TABLE_CRAWL_RESULTS"] = options.ResultsTable,
                ["DYNAMODB_TABLE_CONTENT"] = options.ContentTable,
                ["DYNAMODB_TABLE_SESSIONS"] = options.SessionsTable,
                ["AWS_REGION"] = "us-east-1",
            },
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        using var stop = new CancellationTokenSource(deadline);
        await child.WaitForExitAsync(stop.Token);
        return child.ExitCode;
    }
}
