using System.Text.Json;
using Crawl4.Cli.Demo;

namespace Crawl4.Cli.Tests.Commands;

public sealed class CrawlCommandTests : IAsyncLifetime, IDisposable
{
    private readonly CliRun _run = new();
    private DemoSite _site = null!;

    private string Index => _site.Address + "/";

    private string Gone => _site.Address + "/odd/gone.html";

    public async Task InitializeAsync() => _site = await DemoSite.StartAsync(CancellationToken.None);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Crawl_Json_IsOneLineAPageWithCrawl4AiNames()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", Index, _site.Address + "/odd/scripts.html", "--json"));
        Assert.Equal(2, _run.OutputLines.Length);
        Assert.Empty(_run.Error);
        foreach (var line in _run.OutputLines)
        {
            var result = JsonDocument.Parse(line).RootElement;
            Assert.True(result.GetProperty("success").GetBoolean());
            Assert.StartsWith(_site.Address, result.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(result.GetProperty("html").GetString()!);
            Assert.NotEmpty(result.GetProperty("cleaned_html").GetString()!);
            Assert.NotEmpty(result.GetProperty("markdown").GetProperty("raw_markdown").GetString()!);
            Assert.Equal(JsonValueKind.Array, result.GetProperty("links").GetProperty("internal").ValueKind);
            Assert.Equal(JsonValueKind.Object, result.GetProperty("media").ValueKind);
            Assert.Equal(JsonValueKind.Object, result.GetProperty("metadata").ValueKind);
            Assert.Equal(200, result.GetProperty("status_code").GetInt32());
            Assert.Equal("miss", result.GetProperty("cache_status").GetString());
        }
    }

    [Fact]
    public async Task Crawl_MissingPageAsJson_IsALineAndAnErrorAndAnswersOne()
    {
        Assert.Equal(1, await _run.RunAsync("crawl", Gone, Index, "--json"));
        Assert.Equal(2, _run.OutputLines.Length);
        var failed = _run.OutputLines.Select(line => JsonDocument.Parse(line).RootElement)
            .Single(result => !result.GetProperty("success").GetBoolean());
        Assert.Equal(Gone, failed.GetProperty("url").GetString());
        Assert.NotEmpty(failed.GetProperty("error_message").GetString()!);
        Assert.Matches("^crawl4: [^\n]+\n$", _run.Error);
        Assert.Contains(Gone, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_OnePageAsMarkdown_IsThatAlone()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", Index, "--format", "markdown"));
        Assert.Contains("# Crawling and caching", _run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", _run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_WithOtherOptionsAndExtraction_ReadsTheCachedPageAnew()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", Index, "--format", "links"));
        Assert.All(_run.OutputLines, line => Assert.StartsWith("http", line, StringComparison.Ordinal));
        Assert.Equal(0, await _run.RunAsync("crawl", Index, "--format", "markdown", "--target-element", "h1"));
        Assert.Equal("# Crawling and caching", _run.Output.Trim());
        string[] extract = ["crawl", Index, "--custom-pattern", "title=^# .*", "--json"];
        Assert.Equal(0, await _run.RunAsync(extract));
        var result = JsonDocument.Parse(_run.Output).RootElement;
        Assert.Equal("hit", result.GetProperty("cache_status").GetString());
        Assert.Contains("# Crawling and caching", result.GetProperty("extracted_content").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync([.. extract[..^1], "--format", "extracted"]));
        Assert.Equal(1, JsonDocument.Parse(_run.Output).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("fit", "--filter", "pruning")]
    [InlineData("fit-html", "--filter", "pruning")]
    [InlineData("extracted", "--custom-pattern", "title=Crawling")]
    public async Task Crawl_FormatThatNothingMakes_SaysWhatToGiveAndWhereItIsKept(string format, string option, string value)
    {
        Assert.Equal(2, await _run.RunAsync("crawl", Index, "--format", format));
        Assert.Contains($"--format {format} needs", _run.Error, StringComparison.Ordinal);
        Assert.Contains($"crawl4 cache get URL --format {format}", _run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _run.RunAsync("crawl", Index, option, value, "--format", format));
        var made = _run.Output;
        Assert.NotEmpty(made);
        Assert.Equal(0, await _run.RunAsync("cache", "get", Index, "--format", format));
        Assert.Equal(made, _run.Output);
    }

    [Fact]
    public async Task Crawl_SeveralPagesAsMarkdown_SaysBeforeEachWhichOneItIs()
    {
        var other = _site.Address + "/guide/shell.html";
        Assert.Equal(0, await _run.RunAsync("crawl", Index, other, "--format", "markdown"));
        Assert.Contains($"<!-- {Index} -->\n", _run.Output, StringComparison.Ordinal);
        Assert.Contains($"<!-- {other} -->\n", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_AsHtml_IsThePageAsFetched()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", Index, "--format", "html"));
        Assert.StartsWith("<!DOCTYPE html>", _run.Output, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_ForAProgram_IsATabbedLineAPage()
    {
        await _run.RunAsync("crawl", Index);
        Assert.Equal(0, await _run.RunAsync("crawl", Index));
        var fields = Assert.Single(_run.OutputLines).Split('\t');
        Assert.Equal(6, fields.Length);
        Assert.Equal(["200", "hit"], fields[..2]);
        Assert.Equal([Index, "Crawling and caching: a small site"], fields[4..]);
    }

    [Fact]
    public async Task Crawl_ForAPerson_FitsTheTerminalAndEndsWithASummary()
    {
        _run.Adapt = context => CliRun.OnTerminal(context) with { Width = 60 };
        Assert.Equal(1, await _run.RunAsync("crawl", Index, Gone));
        Assert.All(_run.OutputLines, line => Assert.InRange(line.Length, 1, 60));
        Assert.Contains("1 page in ", _run.Output, StringComparison.Ordinal);
        Assert.Contains("1 failed", _run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", _run.Output + _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_Quiet_PrintsErrorsOnly()
    {
        Assert.Equal(1, await _run.RunAsync("crawl", Index, Gone, "--quiet"));
        Assert.Empty(_run.Output);
        Assert.Contains(Gone, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_UrlsFromInput_AreCrawledLikeThoseOfTheCommandLine()
    {
        _run.Input = $"# two\n{Index}\n{_site.Address}/guide/shell.html # the second\n";
        Assert.Equal(0, await _run.RunAsync("crawl", "-", "--json"));
        Assert.Equal(2, _run.OutputLines.Length);

        var list = Path.Combine(_run.BaseDirectory, "urls.txt");
        await File.WriteAllTextAsync(list, _run.Input);
        Assert.Equal(0, await _run.RunAsync("crawl", "--input", list, "--json"));
        Assert.Equal(2, _run.OutputLines.Length);
        Assert.All(_run.OutputLines, line => Assert.Contains("\"cache_status\":\"hit\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crawl_CacheDisabled_MakesNoCache()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", Index, "--cache-mode", "disabled"));
        Assert.Empty(Directory.GetFileSystemEntries(_run.BaseDirectory));
    }

    [Fact]
    public async Task Crawl_NoPrivateNetwork_RefusesLoopback()
    {
        Assert.Equal(1, await _run.RunAsync("crawl", Index, "--no-private-network"));
        Assert.Equal(0, _site.RequestCount);
        Assert.Contains(Index, _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_CacheThatCannotBeWritten_PrintsThePageAndAnswersOne()
    {
        var file = Path.Combine(_run.BaseDirectory, "file");
        await File.WriteAllTextAsync(file, "not a folder");
        Assert.Equal(1, await _run.RunAsync(
            "crawl", Index, "--base-directory", file, "--cache-mode", "write_only", "--format", "markdown"));
        Assert.Contains("# Crawling and caching", _run.Output, StringComparison.Ordinal);
        Assert.StartsWith("crawl4: ", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crawl_Cancelled_Answers130()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal(130, await _run.RunAsync(stop.Token, "crawl", Index));
        Assert.Equal("crawl4: Stopped.\n", _run.Error);
    }

    [Fact]
    public async Task Crawl_RawHtml_IsReadWithoutANetwork()
    {
        Assert.Equal(0, await _run.RunAsync("crawl", "raw:<p>Given <b>by hand</b></p>", "--format", "markdown"));
        Assert.Equal("Given **by hand**\n", _run.Output);
    }

    [Theory]
    [InlineData("mailto:a@example.com")]
    [InlineData("https://")]
    [InlineData("https://a b.example")]
    public async Task Crawl_WhatIsNoUrl_FailsWithAClearLine(string url)
    {
        Assert.Equal(1, await _run.RunAsync("crawl", url));
        Assert.Matches("^crawl4: [^\n]+\n$", _run.Error);
        Assert.DoesNotContain("Exception", _run.Error, StringComparison.Ordinal);
    }
}
