using Crawl4.Cli.Commands;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Demo;

/// <summary>The demo from start to end: crawl, read back, crawl again, validate, move to DynamoDB, migrate an older cache,
/// and say whether all went as it should.</summary>
internal sealed class DemoRun(CliContext context)
{
    private const int ShownLines = 14;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new DemoFolder();
        await using var site = await DemoSite.StartAsync(cancellationToken);
        var checks = new DemoChecks(site.Address);
        var good = await CrawlAsync(folder, site, checks, cancellationToken);
        await using var dynamoDb = await DemoDynamoDb.OpenAsync(context, cancellationToken);
        if (dynamoDb is null)
        {
            await SayAsync("");
            await SayAsync("5. Moving to DynamoDB: left out; needs Node with dynalite, or DYNAMODB_ENDPOINT");
        }
        else
        {
            using var old = folder.Copy();
            await new DemoRollout(context, folder, checks).RunAsync(dynamoDb, good, cancellationToken);
            await new DemoMigration(context, old, checks).RunAsync(dynamoDb, cancellationToken);
        }

        return await VerdictAsync(checks);
    }

    private async Task<IReadOnlyList<CrawlResult>> CrawlAsync(
        DemoFolder folder, DemoSite site, DemoChecks checks, CancellationToken cancellationToken)
    {
        // Whatever the environment says of DynamoDB is not for this half.
        await using var engine = EngineOptions.Open(
            context with { Environment = _ => null }, folder.Path, new HttpFetchOptions { Egress = EgressPolicy.Shell });
        var crawl = new DemoCrawl(engine, site.Address);
        var good = await FirstPassAsync(crawl, site, checks, cancellationToken);
        await ReadBackAsync(engine, site, checks, cancellationToken);
        await SecondPassAsync(crawl, site, checks, good, cancellationToken);
        await ValidateAsync(engine, site, checks, cancellationToken);
        return good;
    }

    private async Task<IReadOnlyList<CrawlResult>> FirstPassAsync(
        DemoCrawl crawl, DemoSite site, DemoChecks checks, CancellationToken cancellationToken)
    {
        await SayAsync($"1. Crawling {site.Address}/ and all it links to, into a fresh cache");
        await SayAsync("");
        var started = context.TimeProvider.GetTimestamp();
        var results = await crawl.DiscoverAsync(cancellationToken);
        var elapsed = context.TimeProvider.GetElapsedTime(started);
        checks.FirstPass(results);
        await context.Output.WriteAsync(ResultTable.Of(context, results, checks.PathOf));
        foreach (var failed in results.Where(result => !result.Success))
        {
            await SayAsync("");
            await SayAsync("   Failed, and therefore not cached:");
            await SayAsync($"   {ErrorText.Of(failed)}");
        }

        CrawlResult[] good = [.. results.Where(result => result.Success)];
        await SayAsync("");
        await SayAsync($"   {Figures.Pages(good.Length)} in {Figures.Milliseconds(elapsed)}, "
            + $"{Figures.Count(site.RequestCount, "request", "requests")} seen by the site.");
        return good;
    }

    private async Task ReadBackAsync(
        Crawl4Engine engine, DemoSite site, DemoChecks checks, CancellationToken cancellationToken)
    {
        await SayAsync("");
        await SayAsync($"2. Reading {DemoPages.ShownPath} back from the cache, as Markdown");
        await SayAsync("");
        var entry = await engine.Store.GetAsync(site.Address + DemoPages.ShownPath, cancellationToken);
        checks.Expect(entry is { Markdown.Length: > 0 }, $"The cache has no Markdown of {DemoPages.ShownPath}.");
        string[] lines = [.. (entry?.Markdown ?? "").TrimEnd().Split('\n').SkipWhile(line => !line.StartsWith('#'))];
        foreach (var line in lines.Take(ShownLines))
        {
            await SayAsync(TextFit.Clip("   | " + PlainText.OneLine(line), context.Width - 1).TrimEnd());
        }

        if (lines.Length > ShownLines)
        {
            await SayAsync($"   | ... and {Figures.Count(lines.Length - ShownLines, "line", "lines")} more");
        }
    }

    private async Task SecondPassAsync(
        DemoCrawl crawl,
        DemoSite site,
        DemoChecks checks,
        IReadOnlyList<CrawlResult> good,
        CancellationToken cancellationToken)
    {
        await SayAsync("");
        await SayAsync($"3. Crawling the same {Figures.Pages(good.Count)} again");
        var requestsBefore = site.RequestCount;
        var started = context.TimeProvider.GetTimestamp();
        var again = await crawl.CrawlAsync([.. good.Select(result => result.Url)], cancellationToken);
        var elapsed = context.TimeProvider.GetElapsedTime(started);
        var requests = site.RequestCount - requestsBefore;
        checks.SecondPass(good, again, requests);
        var hits = again.Count(result => result.CacheStatus == CacheStatus.Hit);
        await SayAsync($"   {Figures.Count(hits, "hit", "hits")} in {Figures.Milliseconds(elapsed)}, "
            + $"{Figures.Count(requests, "request", "requests")} seen by the site.");
    }

    private async Task ValidateAsync(
        Crawl4Engine engine, DemoSite site, DemoChecks checks, CancellationToken cancellationToken)
    {
        await SayAsync("");
        await SayAsync($"4. Asking the site whether {DemoPages.TaggedPath} has changed");
        var request = new CrawlRequest { Url = site.Address + DemoPages.TaggedPath, Validate = true };
        var result = await engine.CrawlAsync(request, cancellationToken);
        var unchanged = result.CacheStatus == CacheStatus.HitValidated;
        checks.Expect(unchanged, $"{DemoPages.TaggedPath} was not validated by its ETag.");
        await SayAsync(unchanged ? "   Not changed: the cached entry is used." : "   It was fetched anew.");
    }

    private async Task<int> VerdictAsync(DemoChecks checks)
    {
        await SayAsync("");
        if (checks.Faults.Count == 0)
        {
            await SayAsync("All as expected. The cache and the site are gone again.");
            await SayAsync("Next: crawl4 crawl https://example.com --format markdown");
            return ExitCode.Success;
        }

        foreach (var fault in checks.Faults)
        {
            await context.WriteErrorAsync("demo: " + fault);
        }

        return ExitCode.Failure;
    }

    private async Task SayAsync(string line)
    {
        await context.Output.WriteLineAsync(line);
        await context.Output.FlushAsync();
    }
}
