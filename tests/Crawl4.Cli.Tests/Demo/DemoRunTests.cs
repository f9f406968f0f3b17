using Crawl4.Cli.Demo;
using Spectre.Console;

namespace Crawl4.Cli.Tests.Demo;

public class DemoRunTests
{
    [Fact]
    public async Task Demo_StartToEnd_GoesWell()
    {
        using var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("demo"));
        Assert.Empty(run.Error);
        Assert.Contains("16 hits", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 requests seen by the site", run.Output, StringComparison.Ordinal);
        Assert.Contains("# How a crawl goes", run.Output, StringComparison.Ordinal);
        Assert.Contains("All as expected", run.Output, StringComparison.Ordinal);
        Assert.All(run.OutputLines, line => Assert.InRange(line.TrimEnd().GetCellWidth(), 0, CliContext.DefaultWidth));
        Assert.Empty(Directory.GetFileSystemEntries(run.BaseDirectory));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Demo_WhereDynamoDbIs_MovesMigratesAndRepairs()
    {
        using var run = new CliRun();
        run.Adapt = context => context with
        {
            Environment = name => name switch
            {
                "PATH" => Environment.GetEnvironmentVariable("PATH"),
                "CRAWL4_DYNALITE" => Dynalite.Folder,
                "DYNAMODB_ENDPOINT" => Dynalite.Named?.AbsoluteUri,
                _ => null,
            },
        };
        Assert.Equal(0, await run.RunAsync("demo"));
        Assert.Empty(run.Error);
        Assert.Contains("back to 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("16 copied, 0 there already", run.Output, StringComparison.Ordinal);
        Assert.Contains("different: 1 Damaged", run.Output, StringComparison.Ordinal);
        Assert.Contains("All as expected", run.Output, StringComparison.Ordinal);
        Assert.All(run.OutputLines, line => Assert.InRange(line.TrimEnd().GetCellWidth(), 0, CliContext.DefaultWidth));
    }

    [Fact]
    public async Task Demo_AsAProcess_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        using var program = ProgramProcess.Start(folder.Path, "demo");
        var (exitCode, output, error) = await program.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.DoesNotContain((byte)0x1b, output);
        Assert.Empty(LeftOver(folder));
    }

    [Fact]
    public async Task Demo_Interrupted_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        using var program = ProgramProcess.Start(folder.Path, readOutput: false, "demo");
        await program.Output.ReadExactlyAsync(new byte[1]);
        if (!OperatingSystem.IsWindows())
        {
            program.Signal(ProgramProcess.Interrupt);
        }

        var (exitCode, _, _) = await program.EndAsync();

        // It may have come to its end before the signal did.
        Assert.True(exitCode is ExitCode.Cancelled or ExitCode.Success);
        Assert.Empty(LeftOver(folder));
    }

    [Fact]
    public void Pages_OfTheSite_AllHaveTheirFileAndASentinel()
    {
        var resources = typeof(DemoSite).Assembly.GetManifestResourceNames()
            .Select(name => name.Replace("Crawl4.Cli.Demo.Site.", "", StringComparison.Ordinal)).Order();
        Assert.Equal(resources, DemoPages.All.Select(page => page.Resource).Where(name => name.Length > 0).Order());
        Assert.All(DemoPages.All.Where(page => page.IsGood), page => Assert.NotEmpty(page.Sentinel));
    }

    private static string[] LeftOver(TemporaryFolder folder) =>
        Directory.GetDirectories(folder.Path, "crawl4-demo-*");
}
