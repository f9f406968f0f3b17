using Crawl4.Cli.Output;
using Crawl4.Core.Migrating;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Tests.Output;

/// <summary>What is shown on a terminal of work that takes long and writes nothing before its end.</summary>
public sealed class WorkLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Migration_OnATerminal_ShowsHowFarAndSaysWhatIsSaidInBetween()
    {
        var line = new MigrationLine(CliRun.OnTerminal(Context()));
        line.Report(MigrationStatus.None with { Examined = 5, TotalEntries = 10 });
        line.Say("Pausing.");
        await line.ClearAsync();
        Assert.Contains("5 of 10", _error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[Kcrawl4: Pausing.\n", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Verification_WaitsOnATerminal_ShowsForWhatAtOnce()
    {
        var line = new VerificationLine(CliRun.OnTerminal(Context()) with { Width = 200 });
        var progress = new VerificationProgress("Reading both stores", 1, 2, 3, 0, TimeSpan.Zero);
        line.Report(progress);
        line.Report(progress with { Wait = new VerificationWait(1_200, 1, DateTimeOffset.UnixEpoch) });
        await line.ClearAsync();
        Assert.Contains("Reading both stores", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "Waiting for 1,200 writes to be delivered to DynamoDB, 1 entry that differs to settle, until 1970-01-01 00:00:00Z",
            _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_WhereErrorsGoToAFile_AreNotShown()
    {
        var line = new VerificationLine(Context() with { OutputIsTerminal = true });
        line.Report(new VerificationProgress("Reading both stores", 1, 2, 3, 0, TimeSpan.Zero));
        await line.ClearAsync();
        Assert.Empty(_error.ToString());
    }

    private CliContext Context() => new()
    {
        Output = _output, Error = _error, Input = TextReader.Null, Environment = _ => null,
    };
}
