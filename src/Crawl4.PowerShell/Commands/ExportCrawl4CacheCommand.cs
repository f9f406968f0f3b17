using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Migrating.Exports;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Exports the cache into files with checksums.</summary>
[Cmdlet(VerbsData.Export, "Crawl4Cache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ExportManifest))]
public sealed class ExportCrawl4CacheCommand : Crawl4Cmdlet<string>
{
    private string _folder = "";

    /// <summary>The folder; empty, or not there yet.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>How the entries are written.</summary>
    [Parameter]
    [ValidateSet(nameof(ExportFormat.DynamoDbJson), nameof(ExportFormat.Jsonl))]
    public string Format { get; set; } = nameof(ExportFormat.DynamoDbJson);

    /// <summary>Only these URLs: * stands for any text, ? for any character.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Url { get; set; }

    private protected override string Activity => "Exporting the cache";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _folder = Checked(() => FilePaths.ResolveLiteral(this, Path))!;
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var request = new ExportRequest
        {
            Path = _folder,
            Format = Enum.Parse<ExportFormat>(Format, ignoreCase: true),
            Urls = [.. (Url ?? []).Select(text => UrlPattern.Parse(text, nameof(Url)))],
        };
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            if (!await pipeline.ShouldProcessAsync(_folder, $"Export {engine.Folder.DatabasePath}").ConfigureAwait(false))
            {
                return;
            }

            var manifest = await new CacheExport(engine.Store, engine.Stores.DynamoDbOptions).RunAsync(
                request,
                entry => pipeline.FailureAsync(
                    new Crawl4Error(entry.Code, $"An entry was not exported: {entry.Reason}", entry.Url), entry),
                new ExportBar(pipeline), cancellationToken).ConfigureAwait(false);
            await pipeline.OutputAsync(manifest).ConfigureAwait(false);
        }
    }
}
