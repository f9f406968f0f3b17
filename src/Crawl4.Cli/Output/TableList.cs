using System.Globalization;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Cli.Output;

/// <summary>DynamoDB tables for a person or a program.</summary>
internal static class TableList
{
    /// <summary>Where the tables are, as far as the settings say.</summary>
    public static string Place(DynamoDbOptions options) =>
        options.Endpoint?.GetLeftPart(UriPartial.Authority) ?? options.Region ?? "the AWS profile's region";

    public static async Task WriteAsync(
        CliContext context, DynamoDbOptions options, IReadOnlyList<DynamoDbTableState> tables, bool asJson)
    {
        if (asJson)
        {
            await context.Output.WriteLineAsync(ReportJson.Of(new { Endpoint = Place(options), Tables = tables }));
            return;
        }

        foreach (var table in tables)
        {
            await Figures(context, options, table).WriteAsync();
            await context.Output.WriteLineAsync();
        }
    }

    private static FigureList Figures(CliContext context, DynamoDbOptions options, DynamoDbTableState table)
    {
        var list = new FigureList(context);
        list.Add("Table", table.Name);
        list.Add("At", Place(options));
        list.Add("Holds", table.Holds);
        list.Add("State", !table.Exists ? "not there" : table.WasCreated ? $"{table.Status}, made now" : table.Status);
        list.Add("Key", table.Key);
        if (table.Exists)
        {
            list.Add("Billing", table.BillingMode.Length == 0 ? "not said" : table.BillingMode);
            list.Add("TTL", table.HasTimeToLive ? "on" : "off, or not known");
            if (table.HasStream)
            {
                list.Add("Stream", "on");
            }

            if (table.HasListingIndex)
            {
                list.Add("Index", table.IsListingWhole == true ? "for listing"
                    : "for listing; not known to have every entry, so listing reads the whole table");
            }

            list.Add("Items", $"about {table.ApproximateItems.ToString("N0", CultureInfo.InvariantCulture)}");
        }

        if (table.Missing.Count > 0)
        {
            list.Add("Missing", string.Join(", ", table.Missing));
        }

        foreach (var note in table.Notes)
        {
            list.Add("Note", note);
        }

        return list;
    }
}
