using System.CommandLine;
using Crawl4.Cli.Output;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 cache remove: entries by URL or by filter.</summary>
internal sealed class CacheRemoveCommand
{
    /// <summary>What is held in memory at once: removing a whole site must not need more than removing a page.</summary>
    private const int BatchSize = 500;

    private readonly CliContext _context;
    private readonly EngineOptions _engine;
    private readonly QueryOptions _query;
    private readonly Confirmation _confirmation;
    private readonly Argument<string[]> _urls = UrlArguments.Many(
        "Entries to remove.", ArgumentArity.ZeroOrMore, allowStandardInput: false);

    private CacheRemoveCommand(CliContext context, EngineOptions engine)
    {
        _context = context;
        _engine = engine;
        _query = new QueryOptions(context);
        _confirmation = new Confirmation(context);
    }

    public static Command Create(CliContext context, EngineOptions engine) =>
        new CacheRemoveCommand(context, engine).Build();

    private DocumentedCommand Build()
    {
        var command = new DocumentedCommand("remove", "Removes cached pages, by URL or by filter.")
        {
            Examples =
            [
                "crawl4 cache remove https://example.com",
                "crawl4 cache remove --domain example.com",
                "crawl4 cache remove --older-than 2592000 --yes",
            ],
        };
        command.Add(_urls);
        _query.AddFiltersTo(command);
        _confirmation.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasUrls = result.GetValue(_urls) is { Length: > 0 };
            var hasFilter = _query.HasFilter(result);
            if (hasUrls && hasFilter)
            {
                result.AddError("Give URLs or a filter, not both.");
            }
            else if (!hasUrls && !hasFilter)
            {
                result.AddError("Say what to remove: URLs, --prefix, --domain or --older-than. "
                    + "'crawl4 cache clear' removes every entry.");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(_urls) is { Length: > 0 } urls
            ? RemoveUrlsAsync(parsed, urls, cancellationToken)
            : RemoveMatchesAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<int> RemoveUrlsAsync(ParseResult parsed, string[] urls, CancellationToken cancellationToken)
    {
        await using var engine = _engine.Open(parsed);
        var removed = 0L;
        foreach (var keys in urls.Select(EntryKey.CandidatesOf))
        {
            var found = false;
            foreach (var key in keys)
            {
                found |= await engine.Store.DeleteAsync(key, cancellationToken);
            }

            removed += found ? 1 : 0;
            if (!found)
            {
                await _context.WriteErrorAsync($"The cache has no entry for {keys[^1]}. "
                    + "'crawl4 cache list' shows the URLs as they are kept.");
            }
        }

        await SayAsync(removed);
        return removed == urls.Length ? ExitCode.Success : ExitCode.Failure;
    }

    private async Task<int> RemoveMatchesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _confirmation.RequireAnswerable(parsed);
        var query = _query.Of(parsed);
        await using var engine = _engine.Open(parsed);
        var count = await engine.Store.CountAsync(query, cancellationToken);
        if (count > 0
            && !await _confirmation.IsGivenAsync(parsed, $"Remove {Figures.Entries(count)}?", cancellationToken))
        {
            return ExitCode.Failure;
        }

        await SayAsync(await DeleteAllAsync(engine.Store, query, cancellationToken));
        return ExitCode.Success;
    }

    private static async Task<long> DeleteAllAsync(
        ICacheStore store, CacheQuery query, CancellationToken cancellationToken)
    {
        var removed = 0L;
        while (true)
        {
            var urls = new List<string>();
            await foreach (var summary in store.ListAsync(query with { Limit = BatchSize }, cancellationToken))
            {
                urls.Add(summary.Url);
            }

            var removedBefore = removed;
            foreach (var url in urls)
            {
                removed += await store.DeleteAsync(url, cancellationToken) ? 1 : 0;
            }

            // A store that lists what it cannot delete must not keep this going for ever.
            if (urls.Count < BatchSize || removed == removedBefore)
            {
                return removed;
            }
        }
    }

    private Task SayAsync(long removed) => _context.Output.WriteLineAsync($"Removed {Figures.Entries(removed)}.");
}
