using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache get: one entry.</summary>
internal static class CacheGetCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var url = UrlArguments.One("The URL that was crawled; a bare host gets https.");
        var format = new FormatOptions("What to print of the entry. Default: markdown.", FormatOptions.OfResults);
        var command = new DocumentedCommand("get", "Prints a cached page; does not touch the network.")
        {
            Examples =
            [
                "crawl4 cache get https://example.com",
                "crawl4 cache get https://example.com --format links",
                "crawl4 cache get https://example.com --json",
            ],
        };
        command.Add(url);
        format.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var engine = engineOptions.Open(parsed);
            var entry = await FindAsync(engine.Store, parsed.GetRequiredValue(url), cancellationToken);
            var chosen = format.Of(parsed) ?? OutputFormat.Markdown;
            var content = chosen == OutputFormat.Json
                ? CrawlJson.Entry(entry)
                : ResultContent.Of(CrawlResult.Of(entry), chosen);
            if (content.Length > 0)
            {
                await ContentText.WriteAsync(context, content);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<CacheEntry> FindAsync(ICacheStore store, string typed, CancellationToken cancellationToken)
    {
        var keys = EntryKey.CandidatesOf(typed);
        foreach (var key in keys)
        {
            if (await store.GetAsync(key, cancellationToken) is { } entry)
            {
                return entry;
            }
        }

        throw new Crawl4Exception(
            Crawl4ErrorCode.EntryMissing, $"The cache has no entry for {keys[^1]}.", keys[^1]);
    }
}
