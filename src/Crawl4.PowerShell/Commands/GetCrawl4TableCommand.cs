using System.Management.Automation;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Says what DynamoDB tables are there, and what they lack.</summary>
[Cmdlet(VerbsCommon.Get, "Crawl4Table")]
[OutputType(typeof(DynamoDbTableState))]
public sealed class GetCrawl4TableCommand : TableCmdlet
{
    /// <summary>The tables, by their names. Wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    private protected override string Activity => "Reading the DynamoDB tables";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            Offer(name);
        }
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var tables = OpenTables(pipeline, out _);
        var states = await tables.ShowAsync(cancellationToken).ConfigureAwait(false);
        foreach (var state in await ChooseAsync(states, input, pipeline, cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(state).ConfigureAwait(false);
        }
    }
}
