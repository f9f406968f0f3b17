using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Migrating.Exports;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Imports what Export-Crawl4Cache has exported.</summary>
[Cmdlet(VerbsData.Import, "Crawl4Cache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ImportReport))]
public sealed class ImportCrawl4CacheCommand : Crawl4Cmdlet<string>
{
    private string _folder = "";

    /// <summary>The folder of an export.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    private protected override string Activity => "Importing into the cache";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _folder = Checked(() => FilePaths.ResolveLiteral(this, Path))!;
        base.BeginProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = OpenEngine(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            var import = new CacheImport(engine.Store, _folder, TimeProvider.System);
            var entries = string.Create(
                System.Globalization.CultureInfo.CurrentCulture, $"Import {import.Manifest.Entries:N0} entries of {_folder}");
            if (!await pipeline.ShouldProcessAsync(engine.Folder.DatabasePath, entries).ConfigureAwait(false))
            {
                return;
            }

            await pipeline.OutputAsync(await import.RunAsync(
                entry => pipeline.FailureAsync(
                    new Crawl4Error(entry.Code, $"An entry was not imported: {entry.Reason}", entry.Url), entry),
                new ExportBar(pipeline), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
