using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Migrating;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.PowerShell.Jobs;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>What the cmdlets share that run a migration or look at one.</summary>
public abstract class MigrationCmdlet : Crawl4Cmdlet<string>
{
    /// <inheritdoc/>
    [Parameter]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public override string? BaseDirectory { get; set; }

    /// <summary>Who this is, for those who look at the migration from elsewhere.</summary>
    private protected static LeaseHolder Me =>
        new(Environment.UserName, Environment.MachineName, Environment.ProcessId);

    private protected override string Activity => "Looking at the migration";

    private protected static MigrationOptions OptionsOf(Crawl4Engine engine, PipelineWriter pipeline) => new()
    {
        PauseFile = System.IO.Path.Combine(engine.Folder.Path, Migration.PauseFileName),
        Prices = DynamoDbPrices.Read(engine.Folder),
        Events = pipeline,
    };

    private protected static Migration Open(Crawl4Engine engine, PipelineWriter pipeline) =>
        new(MigrationStores.Of(engine.Stores, Me.ToString()), OptionsOf(engine, pipeline));

    private protected sealed override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            await RunAsync(engine, pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the body run beside the shell, and outputs the job.</summary>
    /// <param name="agreed">What ShouldProcess answered, which nobody can be asked there.</param>
    private protected void StartJob(bool agreed)
    {
        var job = new PumpedJob(MyInvocation.Line.Trim(), RunAsync);
        var (readAhead, leastSeverity) = (ReadAhead, CmdletSink.LeastSeverity(this));
        var sink = new JobSink(job, Activity, agreed);
        JobRepository.Add(job);
        job.Start(body => new StreamPump<string>(sink, readAhead, leastSeverity, body, TimeProvider.System));
        WriteObject(job);
    }

    /// <summary>What the cmdlet does with the cache.</summary>
    private protected abstract Task RunAsync(
        Crawl4Engine engine, PipelineWriter pipeline, CancellationToken cancellationToken);
}
