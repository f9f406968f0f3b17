using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that work on the DynamoDB tables which the environment names, or the settings of the
/// cache.</summary>
public abstract class TableCmdlet : Crawl4Cmdlet<string>
{
    /// <summary>The tables, for the body to dispose.</summary>
    private protected DynamoDbTables OpenTables(PipelineWriter pipeline, out string place)
    {
        var settings = SettingsFile.Read(OpenFolder());
        var options = DynamoDbOptions.FromEnvironment(settings.Behind(Environment.GetEnvironmentVariable)) with
        {
            Events = pipeline,
        };
        place = options.Endpoint?.GetLeftPart(UriPartial.Authority) ?? options.Region ?? "AWS";
        return new DynamoDbTables(options);
    }

    /// <summary>Of the tables those whose names fit a pattern; a name that fits none is an error that the rest goes
    /// on without.</summary>
    private protected static async Task<IReadOnlyList<DynamoDbTableState>> ChooseAsync(
        IReadOnlyList<DynamoDbTableState> tables, IAsyncEnumerable<string> names, PipelineWriter pipeline,
        CancellationToken cancellationToken)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in names.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var fitting = tables.Where(table => pattern.IsMatch(table.Name)).Select(table => table.Name).ToList();
            chosen.UnionWith(fitting);
            if (fitting.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                var error = new Crawl4Error(
                    Crawl4ErrorCode.TableMissing, $"'{name}' is none of the tables that Crawl4 uses here.", name)
                {
                    Advice = $"Give one of {string.Join(", ", tables.Select(table => table.Name))}, or set the environment "
                        + "variable that names the table, such as DYNAMODB_TABLE_CRAWL_RESULTS.",
                };
                await pipeline.FailureAsync(error, name).ConfigureAwait(false);
            }
        }

        return [.. tables.Where(table => chosen.Contains(table.Name))];
    }
}
