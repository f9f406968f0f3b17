using System.Globalization;
using Crawl4.Core.Migrating.Exports;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Reporting;

/// <summary>The progress bar of an export or an import.</summary>
internal sealed class ExportBar(PipelineWriter pipeline) : IProgress<ExportProgress>
{
    public void Report(ExportProgress value) => pipeline.Progress(value.IsChecking
        ? new PipelineProgress(
            string.Create(CultureInfo.CurrentCulture, $"Checking: {value.Bytes:N0} bytes"), 0, null)
        : new PipelineProgress(
            string.Create(CultureInfo.CurrentCulture, $"{value.Entries:N0} entries, {value.Bytes:N0} bytes"),
            value.Entries, value.Total));
}
