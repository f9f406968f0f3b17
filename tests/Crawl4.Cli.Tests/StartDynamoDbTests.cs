using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crawl4.Cli.Tests;

/// <summary>The scripts that start an emulator, each as a user runs it.</summary>
public sealed class StartDynamoDbTests
{
    /// <summary>Starting Node and making tables takes seconds; what takes this long hangs.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [RequiresFact(Requirement.Dynalite, "bash")]
    public Task Bash_StartedAndStopped_HasTablesThenNothing() => TryAsync(
        "bash", ["{script}.sh", "--no-docker", "--port", "{port}"], ["{script}.sh", "--stop"], "export DYNAMODB_ENDPOINT={endpoint}");

    [RequiresFact(Requirement.Dynalite, Requirement.PowerShell)]
    public Task PowerShell_StartedAndStopped_HasTablesThenNothing() => TryAsync(
        "pwsh", ["-NoProfile", "-NonInteractive", "-File", "{script}.ps1", "-NoDocker", "-Port", "{port}"],
        ["-NoProfile", "-NonInteractive", "-File", "{script}.ps1", "-Stop"], "$env:DYNAMODB_ENDPOINT = '{endpoint}'");

    private static async Task TryAsync(string shell, string[] start, string[] stop, string said)
    {
        using var state = new TemporaryFolder();
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var endpoint = "http://127.0.0.1:" + port;
        var fill = (string text) => text.Replace("{port}", port, StringComparison.Ordinal)
            .Replace("{endpoint}", endpoint, StringComparison.Ordinal)
            .Replace("{script}", Path.Combine(Requirement.RepositoryRoot, "scripts", "start-dynamodb"), StringComparison.Ordinal);
        try
        {
            Assert.Equal((0, fill(said)), await RunAsync(shell, start.Select(fill), state.Path));
            using var run = new CliRun();
            run.Adapt = context => context with
            {
                Environment = name => name == "DYNAMODB_ENDPOINT" ? endpoint : context.Environment(name),
            };
            Assert.Equal(0, await run.RunAsync("tables", "show"));
            Assert.Equal(3, run.OutputLines.Count(line => line.EndsWith("ACTIVE", StringComparison.Ordinal)));
            // A second start finds the first.
            Assert.Equal((0, fill(said)), await RunAsync(shell, start.Select(fill), state.Path));
        }
        finally
        {
            Assert.Equal(0, (await RunAsync(shell, stop.Select(fill), state.Path)).Code);
        }

        Assert.False(File.Exists(Path.Combine(state.Path, "pid")));
    }

    private static async Task<(int Code, string Output)> RunAsync(string shell, IEnumerable<string> arguments, string state)
    {
        var info = new ProcessStartInfo(Requirement.FindProgram(shell)!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["CRAWL4_DYNALITE"] = Path.GetFullPath(Dynalite.Folder!), ["CRAWL4_DYNALITE_STATE"] = state, ["NO_COLOR"] = "1",
            },
        };
        using var process = Process.Start(info)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, process.ExitCode == 0 ? (await output).Trim() : await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
