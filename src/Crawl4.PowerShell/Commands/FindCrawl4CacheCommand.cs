using System.Management.Automation;
using Crawl4.Core.Migrating;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Finds caches, and says what they are.</summary>
[Cmdlet(VerbsCommon.Find, "Crawl4Cache")]
[OutputType(typeof(FoundCache))]
public sealed class FindCrawl4CacheCommand : Crawl4Cmdlet<string>
{
    private string _location = "";

    /// <summary>Folders to look below.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    private protected override string Activity => "Looking for caches";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _location = BaseDirectory is { } given
            ? Checked(() => Binding.BaseFolder.Resolve(SessionState, given))!
            : SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var finding = new CacheFinding(Environment.GetEnvironmentVariable);
        await foreach (var cache in finding.FindAsync(_location, Path ?? [], cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(cache).ConfigureAwait(false);
        }
    }
}
