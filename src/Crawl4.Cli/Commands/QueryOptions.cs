using System.CommandLine;
using System.CommandLine.Parsing;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Commands;

/// <summary>Which entries are meant: the one place where command-line options become a query.</summary>
internal sealed class QueryOptions(CliContext context)
{
    private readonly Option<string?> _prefix = new("--prefix")
    {
        Description = "Entries whose URL starts with this text.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "Entries of this domain and those below it.",
        HelpName = "NAME",
    };

    private readonly Option<TimeSpan?> _olderThan = SecondsOption.Create(
        "--older-than", "Entries cached longer ago than this.", allowZero: true);

    private readonly Option<TimeSpan?> _newerThan = SecondsOption.Create(
        "--newer-than", "Entries cached within this time.", allowZero: false);

    private readonly Option<int?> _limit = CountOption.Create("--limit", "At most so many entries.");

    /// <summary>All filters, for commands that read.</summary>
    public void AddTo(Command command)
    {
        AddFiltersTo(command);
        command.Add(_newerThan);
        command.Add(_limit);
    }

    /// <summary>The filters by which entries may be removed.</summary>
    public void AddFiltersTo(Command command)
    {
        command.Add(_prefix);
        command.Add(_domain);
        command.Add(_olderThan);
        // An empty filter, from a variable that is not set, would mean every entry.
        EmptyValue.Refuse(_prefix, "leave it out to mean every entry");
        EmptyValue.Refuse(_domain, "leave it out to mean every entry");
    }

    /// <summary>Whether any of the filters by which entries may be removed is given.</summary>
    public bool HasFilter(SymbolResult result) =>
        result.GetResult(_prefix) is not null
        || result.GetResult(_domain) is not null
        || result.GetResult(_olderThan) is not null;

    public CacheQuery Of(ParseResult parsed)
    {
        var now = context.TimeProvider.GetUtcNow();
        return new CacheQuery
        {
            UrlPrefix = parsed.GetValue(_prefix),
            Domain = parsed.GetValue(_domain),
            CachedBefore = now - parsed.GetValue(_olderThan),
            CachedSince = now - parsed.GetValue(_newerThan),
            Limit = parsed.GetValue(_limit),
        };
    }
}
