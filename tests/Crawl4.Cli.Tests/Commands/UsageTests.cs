namespace Crawl4.Cli.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("", "A command is missing")]
    [InlineData("crwl", "no command 'crwl'")]
    [InlineData("--bogus", "no option '--bogus'")]
    [InlineData("cache", "give get, list, count")]
    [InlineData("cache lst", "no command 'lst'")]
    [InlineData("crawl", "no URL")]
    [InlineData("crawl --bogus", "no option '--bogus'")]
    [InlineData("crawl a.example --bogus b.example", "no option '--bogus'")]
    [InlineData("crawl a.example --cache-mode sometimes", "--cache-mode is 'sometimes'")]
    [InlineData("crawl a.example --max-age soon", "--max-age is 'soon'")]
    [InlineData("crawl a.example --max-age -1", "--max-age")]
    [InlineData("crawl a.example --max-age 1e999", "--max-age is '1e999'")]
    [InlineData("crawl a.example --max-age 99999999999999", "--max-age is '99999999999999'")]
    [InlineData("crawl a.example --max-age", "--max-age")]
    [InlineData("crawl a.example --timeout 0", "--timeout is '0'")]
    [InlineData("crawl a.example --throttle-limit 0", "--throttle-limit is '0'")]
    [InlineData("crawl a.example --throttle-limit 257", "from 1 to 256")]
    [InlineData("crawl a.example --header nonsense", "'Name: value'")]
    [InlineData("crawl a.example --proxy nonsense", "--proxy needs")]
    [InlineData("crawl a.example --proxy ftp://proxy.example", "--proxy needs")]
    [InlineData("crawl a.example --format pdf", "--format is 'pdf'")]
    [InlineData("crawl a.example --json --format html", "two formats")]
    [InlineData("crawl --input no-such-file.txt", "no-such-file.txt cannot be read")]
    [InlineData("cache get", "URL")]
    [InlineData("cache get a.example b.example", "b.example")]
    [InlineData("cache list --limit 0", "--limit is '0'")]
    [InlineData("cache list --older-than x", "--older-than is 'x'")]
    [InlineData("cache remove", "Say what to remove")]
    [InlineData("cache remove a.example --domain a.example", "not both")]
    [InlineData("cache remove --domain a.example", "Add --yes")]
    [InlineData("cache clear", "Add --yes")]
    [InlineData("demo --json", "--json")]
    [InlineData("status extra", "extra")]
    public async Task Run_WrongUsage_AnswersTwoAndSaysWhy(string commandLine, string expected)
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("crawl4: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--domain")]
    [InlineData("--prefix")]
    public async Task Remove_EmptyFilter_IsRefusedRatherThanTakenForAll(string option)
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("cache", "remove", option, "", "--yes"));
        Assert.Contains("is empty", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache", "clear", "--yes")]
    [InlineData("cache", "count")]
    [InlineData("status")]
    [InlineData("crawl", "a.example")]
    public async Task Run_EmptyBaseDirectory_IsRefusedRatherThanTakenForTheHomeDirectory(params string[] args)
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync([.. args, "--base-directory", ""]));
        Assert.Contains("--base-directory is empty", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.example/")]
    [InlineData("a.example:8080")]
    [InlineData("a.example/news")]
    [InlineData("*.a.example")]
    public async Task Run_DomainThatIsNoHostName_AnswersTwoAndSaysSo(string domain)
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("cache", "remove", "--yes", "--domain", domain));
        Assert.Contains($"'{domain}' is not a host name", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HeaderThatIsWrong_IsNotRepeated()
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("crawl", "a.example", "--header", "Bearer hunter2"));
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BaseDirectoryThatIsNoPath_AnswersTwo()
    {
        using var run = new CliRun();
        Assert.Equal(2, await run.RunAsync("status", "--base-directory", "a\0b"));
    }

    [Fact]
    public async Task Version_Always_IsNameAndNumber()
    {
        using var run = new CliRun();
        Assert.Equal(0, await run.RunAsync("--version"));
        Assert.Matches(@"^crawl4 \d+\.\d+\.\d+\n$", run.Output);
    }
}
