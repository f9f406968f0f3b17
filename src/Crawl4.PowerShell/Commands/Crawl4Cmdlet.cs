using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Settings;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that work on the cache and read no pages.</summary>
/// <typeparam name="TIn">What the body is offered. Never a type of Crawl4.Core.</typeparam>
public abstract class Crawl4Cmdlet<TIn> : PumpedCmdlet<TIn>
{
    private string? _basePath;

    /// <summary>The base directory; the cache folder is <c>.crawl4ai</c> in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? BaseDirectory { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _basePath = Checked(() => BaseFolder.Resolve(SessionState, BaseDirectory));
        base.BeginProcessing();
    }

    /// <summary>The cache folder. Nothing is opened.</summary>
    private protected CacheFolder OpenFolder() => CacheFolder.Resolve(_basePath, Environment.GetEnvironmentVariable);

    /// <summary>An engine over the cache folder, for the body to dispose.</summary>
    private protected Crawl4Engine OpenEngine(PipelineWriter pipeline) =>
        BaseFolder.OpenEngine(_basePath, pipeline, new HttpFetchOptions());
}
