using System.Diagnostics;
using System.Text.Json;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Bench.Killing;

/// <summary>How the program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to its output.</param>
/// <param name="Error">What it wrote beside it.</param>
internal sealed record ProgramEnd(int Code, string Output, string Error)
{
    private const int MostShown = 800;

    /// <summary>The report that it wrote with --json.</summary>
    public JsonElement Report => JsonDocument.Parse(Output).RootElement;

    /// <summary>With the beginning of its output, which may be long.</summary>
    public override string ToString() => $"exit code {Code}: {Output[..Math.Min(Output.Length, MostShown)]} {Error}".Trim();
}

/// <summary>The real program, built beside this one, as a process of its own that can be killed.</summary>
internal sealed class ProgramRun : IDisposable
{
    /// <summary>Nothing that is run here takes so long; what does has hung.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ProgramRun(Process process)
    {
        _process = process;
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public bool HasExited => _process.HasExited;

    /// <param name="baseDirectory">The folder that the cache is in.</param>
    /// <param name="dynamoDb">Where DynamoDB is, or null where the cache has nothing to do with it.</param>
    /// <param name="arguments">What the program is told.</param>
    public static ProgramRun Start(string baseDirectory, DynamoDbOptions? dynamoDb, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "crawl4.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["CRAWL4_AI_BASE_DIRECTORY"] = baseDirectory, ["DYNAMODB_ENDPOINT"] = null },
        };
        if (dynamoDb is not null)
        {
            start.Environment["DYNAMODB_ENDPOINT"] = dynamoDb.Endpoint!.AbsoluteUri;
            start.Environment["DYNAMODB_TABLE_CRAWL_RESULTS"] = dynamoDb.ResultsTable;
            start.Environment["DYNAMODB_TABLE_CONTENT"] = dynamoDb.ContentTable;
            start.Environment["DYNAMODB_TABLE_SESSIONS"] = dynamoDb.SessionsTable;
            start.Environment["DYNAMODB_MAX_ITEM_SIZE"] = FormattableString.Invariant($"{dynamoDb.MaxItemSize}");
            start.Environment["AWS_REGION"] = "us-east-1";
        }

        return new ProgramRun(Process.Start(start)!);
    }

    public static async Task<ProgramEnd> RunAsync(
        string baseDirectory, DynamoDbOptions? dynamoDb, params string[] arguments)
    {
        using var run = Start(baseDirectory, dynamoDb, arguments);
        return await run.EndAsync();
    }

    public async Task<ProgramEnd> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return new ProgramEnd(_process.ExitCode, await _output, await _error);
    }

    /// <summary>Waits until it ends, or for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost) =>
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(atMost));

    /// <summary>SIGKILL: nothing in it runs any more.</summary>
    /// <returns>False where it had ended before.</returns>
    public async Task<bool> KillAsync()
    {
        if (_process.HasExited)
        {
            return false;
        }

        _process.Kill();
        var end = await EndAsync();
        // It may have ended in the meantime, all by itself.
        return end.Code == 128 + 9 || OperatingSystem.IsWindows();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
