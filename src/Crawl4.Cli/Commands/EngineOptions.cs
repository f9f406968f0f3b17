using System.CommandLine;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Commands;

/// <summary>Which cache a command works on, and the engine over it.</summary>
internal sealed class EngineOptions(CliContext context)
{
    public Option<string?> BaseDirectory { get; } = BaseDirectoryOption();

    public Crawl4Engine Open(ParseResult parsed) =>
        Open(context, parsed.GetValue(BaseDirectory), new HttpFetchOptions { Egress = EgressPolicy.Shell });

    public Crawl4Engine Open(ParseResult parsed, HttpFetchOptions fetch) =>
        Open(context, parsed.GetValue(BaseDirectory), fetch);

    public static Crawl4Engine Open(CliContext context, string? baseDirectory, HttpFetchOptions fetch) =>
        new(new Crawl4EngineOptions
        {
            BaseDirectory = baseDirectory,
            Environment = context.Environment,
            TimeProvider = context.TimeProvider,
            Fetch = fetch,
        });

    private static Option<string?> BaseDirectoryOption()
    {
        var option = new Option<string?>("--base-directory")
        {
            Description = "The folder that has the cache folder .crawl4ai in it. "
                + "Default: CRAWL4_AI_BASE_DIRECTORY, then your home directory.",
            HelpName = "DIR",
            Recursive = true,
        };
        // Otherwise a script whose variable is not set would clear the cache in the home directory.
        EmptyValue.Refuse(option, "give a folder, or leave it out");
        return option;
    }
}
