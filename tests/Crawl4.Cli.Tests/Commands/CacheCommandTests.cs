using System.Globalization;
using System.Text.Json;
using Crawl4.Cli.Demo;

namespace Crawl4.Cli.Tests.Commands;

public sealed class CacheCommandTests : IAsyncLifetime, IDisposable
{
    private readonly CliRun _run = new();
    private DemoSite _site = null!;

    private string Index => _site.Address + "/";

    private string Shell => _site.Address + "/guide/shell.html";

    private string Scripts => _site.Address + "/odd/scripts.html";

    /// <summary>A cache of three pages.</summary>
    public async Task InitializeAsync()
    {
        _site = await DemoSite.StartAsync(CancellationToken.None);
        Assert.Equal(0, await _run.RunAsync("crawl", Index, Shell, Scripts, "--quiet"));
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Get_ByDefault_IsTheMarkdown()
    {
        var requestsBefore = _site.RequestCount;
        Assert.Equal(0, await _run.RunAsync("cache", "get", Scripts));
        Assert.Contains("# Many scripts on one page", _run.Output, StringComparison.Ordinal);
        Assert.Contains("保存したページは", _run.Output, StringComparison.Ordinal);
        Assert.Equal(requestsBefore, _site.RequestCount);
    }

    [Fact]
    public async Task Get_Html_IsThePageAsFetched()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "get", Index, "--format", "html"));
        Assert.StartsWith("<!DOCTYPE html>", _run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("citations")]
    [InlineData("fit")]
    [InlineData("html")]
    [InlineData("cleaned-html")]
    [InlineData("fit-html")]
    [InlineData("links")]
    [InlineData("media")]
    [InlineData("tables")]
    [InlineData("csv")]
    [InlineData("metadata")]
    [InlineData("extracted")]
    public async Task Get_InAFormat_IsWhatTheCrawlPrinted(string format)
    {
        var page = _site.Address + "/about/cache-modes.html";
        Assert.Equal(0, await _run.RunAsync(
            "crawl", page, "--cache-mode", "write_only", "--filter", "pruning", "--pattern", "number", "--format", format));
        var crawled = _run.Output;
        Assert.Equal(0, await _run.RunAsync("cache", "get", page, "--format", format));
        Assert.Equal(crawled, _run.Output);
        Assert.Equal(format == "media", crawled.Length == 0);
    }

    [Fact]
    public async Task Get_Json_IsTheWholeEntryOnOneLine()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "get", Scripts, "--json"));
        var entry = JsonDocument.Parse(Assert.Single(_run.OutputLines)).RootElement;
        Assert.Equal(Scripts, entry.GetProperty("url").GetString());
        Assert.NotEmpty(entry.GetProperty("html").GetString()!);
        Assert.NotEmpty(entry.GetProperty("markdown").GetProperty("raw_markdown").GetString()!);
        Assert.NotEqual(JsonValueKind.Undefined, entry.GetProperty("cached_at").ValueKind);
        Assert.Contains("保存したページは", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhatIsNotCached_AnswersOneAndSaysSo()
    {
        Assert.Equal(1, await _run.RunAsync("cache", "get", _site.Address + "/other"));
        Assert.Empty(_run.Output);
        Assert.Contains("no entry for " + _site.Address + "/other", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ForAProgram_IsUrlSizeAndDateInUrlOrder()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "list"));
        var rows = _run.OutputLines.Select(line => line.Split('\t')).ToList();
        Assert.Equal([Index, Shell, Scripts], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.True(long.Parse(row[1], CultureInfo.InvariantCulture) > 0));
        Assert.All(rows, row => DateTimeOffset.Parse(row[2], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task List_ForAPerson_FitsTheTerminal()
    {
        _run.Adapt = context => CliRun.OnTerminal(context) with { Width = 50 };
        Assert.Equal(0, await _run.RunAsync("cache", "list"));
        Assert.Equal(3, _run.OutputLines.Length);
        Assert.All(_run.OutputLines, line => Assert.InRange(line.Length, 1, 50));
    }

    [Fact]
    public async Task List_Json_HasUrlSizeAndDateOnEachLine()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "list", "--json"));
        Assert.Equal(3, _run.OutputLines.Length);
        Assert.All(_run.OutputLines.Select(line => JsonDocument.Parse(line).RootElement), summary =>
        {
            Assert.StartsWith(Index, summary.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.True(summary.GetProperty("size").GetInt64() > 0);
            Assert.NotEmpty(summary.GetProperty("date").GetString()!);
        });
    }

    [Theory]
    [InlineData("--domain 127.0.0.1", 3)]
    [InlineData("--domain example.com", 0)]
    [InlineData("--prefix {site}/guide/", 1)]
    [InlineData("--limit 2", 2)]
    [InlineData("--older-than 3600", 0)]
    [InlineData("--newer-than 3600", 3)]
    public async Task Count_WithAFilter_CountsWhatListShows(string filter, int expected)
    {
        var options = filter.Replace("{site}", _site.Address, StringComparison.Ordinal).Split(' ');
        Assert.Equal(0, await _run.RunAsync(["cache", "count", .. options]));
        Assert.Equal($"{expected}\n", _run.Output);
        Assert.Equal(0, await _run.RunAsync(["cache", "list", .. options]));
        Assert.Equal(expected, _run.OutputLines.Length);
    }

    [Fact]
    public async Task Count_Json_IsAnObject()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "count", "--json"));
        Assert.Equal("{\"count\":3}\n", _run.Output);
    }

    [Fact]
    public async Task Remove_ByUrl_NeedsNoConfirmation()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "remove", Shell));
        Assert.Equal("Removed 1 entry.\n", _run.Output);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Remove_WhatIsNotCached_RemovesTheRestAndAnswersOne()
    {
        Assert.Equal(1, await _run.RunAsync("cache", "remove", _site.Address + "/other", Shell));
        Assert.Equal("Removed 1 entry.\n", _run.Output);
        Assert.Contains("/other", _run.Error, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Remove_ByFilterConfirmed_RemovesWhatMatches()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "remove", "--prefix", _site.Address + "/odd/", "--yes"));
        Assert.Equal("Removed 1 entry.\n", _run.Output);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Remove_ByFilterWithoutTerminal_RefusesAndRemovesNothing()
    {
        Assert.Equal(2, await _run.RunAsync("cache", "remove", "--domain", "127.0.0.1"));
        Assert.Equal(3, await CountAsync());
    }

    [Theory]
    [InlineData("y\n", 0, 0)]
    [InlineData("Yes\n", 0, 0)]
    [InlineData("n\n", 1, 3)]
    [InlineData("\n", 1, 3)]
    [InlineData("", 1, 3)]
    public async Task Clear_OnATerminal_DoesWhatTheAnswerSays(string answer, int exitCode, int left)
    {
        _run.Adapt = CliRun.OnTerminal;
        _run.Input = answer;
        Assert.Equal(exitCode, await _run.RunAsync("cache", "clear"));
        Assert.StartsWith("Remove all 3 entries from ", _run.Error, StringComparison.Ordinal);
        _run.Adapt = context => context;
        Assert.Equal(left, await CountAsync());
    }

    [Fact]
    public async Task Clear_Confirmed_LeavesACacheThatWorks()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "clear", "-y"));
        Assert.Equal("Removed 3 entries.\n", _run.Output);
        Assert.Equal(0, await _run.RunAsync("crawl", Index));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Upgrade_OfACurrentCache_HasNothingToDo()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "upgrade", "--json"));
        var report = JsonDocument.Parse(_run.Output).RootElement;
        Assert.True(report.GetProperty("up_to_date").GetBoolean());
        Assert.Equal(0, await _run.RunAsync("cache", "upgrade", "--what-if"));
        Assert.Contains("nothing to do", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfACache_SaysWhereItIsAndWhatIsInIt()
    {
        Assert.Equal(0, await _run.RunAsync("status"));
        Assert.Contains(Path.Combine(_run.BaseDirectory, ".crawl4ai"), _run.Output, StringComparison.Ordinal);
        Assert.Matches("Entries +3\n", _run.Output);
        Assert.Equal(0, await _run.RunAsync("status", "--json"));
        var status = JsonDocument.Parse(Assert.Single(_run.OutputLines)).RootElement;
        Assert.Equal(3, status.GetProperty("entry_count").GetInt64());
        Assert.Equal("files", status.GetProperty("layout").GetString());
    }

    [Fact]
    public async Task Commands_WithoutACache_SayThatThereIsNothingAndMakeNone()
    {
        using var empty = new CliRun();
        Assert.Equal(0, await empty.RunAsync("status"));
        Assert.Contains("none yet", empty.Output, StringComparison.Ordinal);
        Assert.Equal(0, await empty.RunAsync("cache", "list"));
        Assert.Empty(empty.Output);
        Assert.Equal(0, await empty.RunAsync("cache", "count"));
        Assert.Equal("0\n", empty.Output);
        Assert.Equal(0, await empty.RunAsync("cache", "clear", "--yes"));
        Assert.Equal(1, await empty.RunAsync("cache", "get", Index));
        Assert.Empty(Directory.GetFileSystemEntries(empty.BaseDirectory));
    }

    private async Task<int> CountAsync()
    {
        Assert.Equal(0, await _run.RunAsync("cache", "count"));
        return int.Parse(_run.Output, CultureInfo.InvariantCulture);
    }
}
