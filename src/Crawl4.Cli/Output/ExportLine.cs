using System.Globalization;
using Crawl4.Core.Migrating.Exports;
using Crawl4.Core.Storing;

namespace Crawl4.Cli.Output;

/// <summary>How far an export or an import is, on one line of the terminal.</summary>
internal sealed class ExportLine(CliContext context) : IProgress<ExportProgress>
{
    /// <summary>People read no more of them a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressLine _line = new(context, quiet: false);
    private Task _shown = Task.CompletedTask;
    private long? _last;

    /// <summary>Comes from one thread at a time; a terminal that is slow is not waited for.</summary>
    public void Report(ExportProgress value)
    {
        if (!_shown.IsCompleted
            || (_last is { } last && context.TimeProvider.GetElapsedTime(last) < Interval))
        {
            return;
        }

        _last = context.TimeProvider.GetTimestamp();
        _shown = _line.ShowAsync(value.IsChecking ? $"checking: {Figures.Size(value.Bytes)}" : string.Create(
            CultureInfo.InvariantCulture, $"{value.Entries:N0}")
            + (value.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : "")
            + $" entries, {Figures.Size(value.Bytes)}");
    }

    /// <summary>Writes the line of an entry that is not among the others.</summary>
    public async ValueTask WriteErrorAsync(string what, QuarantinedEntry entry)
    {
        await ClearAsync();
        await context.WriteErrorAsync($"{what}: {ErrorText.WithoutCredentials(entry.Url)}: {entry.Reason}");
    }

    public async Task ClearAsync()
    {
        await _shown;
        await _line.ClearAsync();
    }
}
