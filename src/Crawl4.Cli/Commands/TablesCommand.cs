using System.CommandLine;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Cli.Commands;

/// <summary>crawl4 tables: the DynamoDB tables that a cache can be kept in.</summary>
internal static class TablesCommand
{
    public static Command Create(CliContext context)
    {
        var command = new DocumentedCommand("tables",
            "Makes, shows and removes the DynamoDB tables. Which ones and where, the environment says: DYNAMODB_ENDPOINT, "
            + "AWS_REGION, DYNAMODB_TABLE_CRAWL_RESULTS and their kin.")
        {
            Examples = ["crawl4 tables init", "crawl4 tables show --json", "crawl4 tables remove --what-if"],
        };
        command.Add(TablesInitCommand.Create(context));
        command.Add(TablesShowCommand.Create(context));
        command.Add(TablesRemoveCommand.Create(context));
        return command;
    }

    /// <summary>The tables that the environment names.</summary>
    public static DynamoDbTables Open(CliContext context, out DynamoDbOptions options)
    {
        options = DynamoDbOptions.FromEnvironment(context.Environment) with { TimeProvider = context.TimeProvider };
        return new DynamoDbTables(options);
    }
}
