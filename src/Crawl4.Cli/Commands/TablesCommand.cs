using System.CommandLine;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 tables: the DynamoDB tables that a cache can be kept in.</summary>
internal static class TablesCommand
{
    public static Command Create(CliContext context)
    {
        var command = new DocumentedCommand("tables",
            "Makes, shows and removes the DynamoDB tables. Which ones and where, the environment says, or the cache's "
            + "crawl4_settings.json: DYNAMODB_ENDPOINT, AWS_REGION, DYNAMODB_TABLE_CRAWL_RESULTS and their kin.")
        {
            Examples = ["crawl4 tables init", "crawl4 tables show --json", "crawl4 tables remove --what-if"],
        };
        var engine = new EngineOptions(context);
        command.Add(engine.BaseDirectory);
        command.Add(TablesInitCommand.Create(context, engine));
        command.Add(TablesShowCommand.Create(context, engine));
        command.Add(TablesRemoveCommand.Create(context, engine));
        return command;
    }

    /// <summary>The tables that the environment names, or the settings of the cache.</summary>
    public static DynamoDbTables Open(
        CliContext context, EngineOptions engine, ParseResult parsed, out DynamoDbOptions options)
    {
        var folder = CacheFolder.Resolve(parsed.GetValue(engine.BaseDirectory), context.Environment);
        options = DynamoDbOptions.FromEnvironment(SettingsFile.Read(folder).Behind(context.Environment)) with
        {
            TimeProvider = context.TimeProvider,
        };
        return new DynamoDbTables(options);
    }
}
