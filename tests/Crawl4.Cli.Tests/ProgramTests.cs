using System.Text;
using Crawl4.Cli.Demo;

namespace Crawl4.Cli.Tests;

/// <summary>What only a real process shows: signals, closed pipes, bytes, exit codes.</summary>
public sealed class ProgramTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private DemoSite _site = null!;

    public async Task InitializeAsync() => _site = await DemoSite.StartAsync(CancellationToken.None);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Process_InThePoorestLocale_WritesUtf8WithoutMarkAndErrorsApart()
    {
        using var program = ProgramProcess.Start(
            _folder.Path, "crawl", _site.Address + "/odd/scripts.html", _site.Address + "/odd/gone.html", "--json");
        var (exitCode, output, error) = await program.EndAsync();
        Assert.Equal(1, exitCode);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output);
        Assert.Equal((byte)'{', output[0]);
        Assert.Equal((byte)'\n', output[^1]);
        Assert.DoesNotContain((byte)'\r', output);
        Assert.Contains("保存したページは", text, StringComparison.Ordinal);
        Assert.Contains("🕷", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Count(c => c == '\n'));
        Assert.StartsWith("crawl4: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WrongUsage_AnswersTwo()
    {
        using var program = ProgramProcess.Start(_folder.Path, "crawl");
        var (exitCode, output, _) = await program.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData(ProgramProcess.Interrupt, 130)]
    [InlineData(ProgramProcess.Terminate, 143)]
    public async Task Process_Signalled_StopsInGoodOrder(int signal, int expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await TestSite.StartAsync();
        site.Map("/slow", context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var program = ProgramProcess.Start(_folder.Path, "crawl", site.UrlOf("/slow"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        program.Signal(signal);
        var (exitCode, output, error) = await program.EndAsync();
        Assert.Equal(expected, exitCode);
        Assert.Empty(output);
        Assert.Equal("crawl4: Stopped.\n", error);
    }

    [Fact]
    public async Task Process_WhoseReaderHasGone_EndsQuietly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var list = _folder.Combine("urls.txt");
        await File.WriteAllLinesAsync(list, Enumerable.Range(0, 300).Select(i => $"{_site.Address}/?{i}"));
        using var program = ProgramProcess.Start(
            _folder.Path, readOutput: false, "crawl", "--input", list, "--json", "--cache-mode", "disabled");
        var first = new byte[1];
        await program.Output.ReadExactlyAsync(first);
        program.Output.Close();
        var (exitCode, _, error) = await program.EndAsync();
        Assert.Equal(141, exitCode);
        Assert.Empty(error);
        Assert.InRange(_site.RequestCount, 1, 299);
    }
}
