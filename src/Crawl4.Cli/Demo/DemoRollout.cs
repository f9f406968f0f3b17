using System.Globalization;
using Crawl4.Cli.Commands;
using Crawl4.Cli.Output;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Demo;

/// <summary>The second half of the demo: the same cache goes over to DynamoDB, step by step, and back.</summary>
internal sealed class DemoRollout(CliContext context, DemoFolder folder, DemoChecks checks)
{
    private static readonly (string Name, RolloutChange Change)[] Steps =
    [
        ("dual write", new RolloutChange { Stage = RolloutStage.DualWrite, Reason = "demo", By = RolloutCommand.Caller }),
        ("10 %", Percent(10)),
        ("50 %", Percent(50)),
        ("100 %", Percent(100)),
        ("back to 0", Percent(0)),
    ];

    public async Task RunAsync(
        DemoDynamoDb dynamoDb, IReadOnlyList<CrawlResult> pages, CancellationToken cancellationToken)
    {
        await SayAsync("");
        await SayAsync($"5. Moving the cache to DynamoDB ({dynamoDb.Name}) while it is used");
        await SayAsync("");
        var demo = context with { Environment = dynamoDb.Environment(context, folder.Path) };
        await using var engine = EngineOptions.Open(
            demo, folder.Path, new HttpFetchOptions { Egress = EgressPolicy.Shell });
        using var tables = new DynamoDbTables(engine.Stores.DynamoDbOptions);
        await tables.InitialiseAsync(cancellationToken);
        try
        {
            await StepsAsync(engine, pages, cancellationToken);
        }
        finally
        {
            await tables.RemoveAsync(CancellationToken.None);
        }
    }

    private async Task StepsAsync(
        Crawl4Engine engine, IReadOnlyList<CrawlResult> pages, CancellationToken cancellationToken)
    {
        var stores = engine.Stores;
        await SayAsync("   Stage       Revision  From SQLite  From DynamoDB  Repaired  Outbox  Entries");
        foreach (var (name, change) in Steps)
        {
            var (_, state) = await stores.Rollout.ChangeAsync(change, null, cancellationToken);
            if (change.Stage == RolloutStage.DualWrite)
            {
                await WriteAgainAsync(engine, pages, cancellationToken);
            }

            foreach (var page in pages)
            {
                var entry = await stores.Store.GetAsync(page.Url, cancellationToken);
                checks.Expect(entry?.Markdown == page.Markdown.RawMarkdown,
                    $"{checks.PathOf(page.Url)} has other Markdown at {name}.");
            }

            await stores.DrainAsync(cancellationToken);
            await SayAsync(await LineAsync(stores, state, name, cancellationToken));
        }

        var (figures, last) = (await FiguresAsync(stores, cancellationToken), await stores.Rollout.GetAsync(cancellationToken));
        checks.Expect(figures.DynamoDb.Observations == 0, "DynamoDB was read after the way back.");
        checks.Expect(last.Stage == RolloutStage.DualWrite, $"The way back ended in {last.Summary}.");
    }

    /// <summary>Half of the pages, so that the table shows what reads bring over and what writes do.</summary>
    private static async Task WriteAgainAsync(
        Crawl4Engine engine, IReadOnlyList<CrawlResult> pages, CancellationToken cancellationToken)
    {
        foreach (var page in pages.Take(pages.Count / 2))
        {
            await engine.CrawlAsync(
                new CrawlRequest { Url = page.Url, CacheMode = CacheMode.WriteOnly }, cancellationToken);
        }
    }

    private async Task<string> LineAsync(
        CacheStores stores, RolloutState state, string name, CancellationToken cancellationToken)
    {
        var figures = await FiguresAsync(stores, cancellationToken);
        var outbox = await stores.Sqlite.Outbox.GetStatusAsync(cancellationToken);
        var there = await stores.DynamoDb.CountAsync(CacheQuery.All, cancellationToken);
        checks.Expect(outbox.KeyCount == 0, $"{outbox.KeyCount} writes were not delivered at {name}.");
        checks.Expect(state.Percentage < RolloutPercentage.Hundred || figures.DynamoDb.Observations > 0,
            "DynamoDB was not read at 100 %.");
        return string.Create(CultureInfo.InvariantCulture,
            $"   {name,-10}  {state.Revision,8}  {figures.Sqlite.Observations,11}  {figures.DynamoDb.Observations,13}  ")
            + string.Create(CultureInfo.InvariantCulture, $"{figures.Repairs,8}  {outbox.KeyCount,6}  {there,7}");
    }

    private static async Task<HybridFigures> FiguresAsync(CacheStores stores, CancellationToken cancellationToken) =>
        await stores.FiguresAsync((await stores.Rollout.GetAsync(cancellationToken)).ChangedAt, cancellationToken);

    private static RolloutChange Percent(int percent) => new()
    {
        Percentage = RolloutPercentage.From(percent, nameof(Percent)), Reason = "demo", By = RolloutCommand.Caller,
    };

    private async Task SayAsync(string line)
    {
        await context.Output.WriteLineAsync(line);
        await context.Output.FlushAsync();
    }
}
