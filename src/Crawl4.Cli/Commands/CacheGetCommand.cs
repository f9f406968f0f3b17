using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache get: one entry.</summary>
internal static class CacheGetCommand
{
    public static Command Create(CliContext context, EngineOptions engineOptions)
    {
        var url = UrlArguments.One("The URL that was crawled; a bare host gets https.");
        var format = new FormatOptions("What to print of the entry. Default: markdown.");
        var command = new DocumentedCommand("get", "Prints a cached page; does not touch the network.")
        {
            Examples =
            [
                "crawl4 cache get https://example.com",
                "crawl4 cache get https://example.com --json",
            ],
        };
        command.Add(url);
        format.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var key = UrlText.Complete(parsed.GetRequiredValue(url));
            await using var engine = engineOptions.Open(parsed);
            var entry = await engine.Store.GetAsync(key, cancellationToken);
            if (entry is null)
            {
                throw new Crawl4Exception(
                    Crawl4ErrorCode.EntryMissing,
                    $"The cache has no entry for {ErrorText.WithoutCredentials(key)}.",
                    ErrorText.WithoutCredentials(key));
            }

            switch (format.Of(parsed))
            {
                case OutputFormat.Json:
                    await context.Output.WriteLineAsync(CrawlJson.Entry(entry));
                    break;
                case OutputFormat.Html:
                    await ContentText.WriteAsync(context, entry.Html);
                    break;
                default:
                    await ContentText.WriteAsync(context, entry.Markdown);
                    break;
            }

            return ExitCode.Success;
        });
        return command;
    }
}
