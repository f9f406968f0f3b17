using System.Globalization;
using Crawl4.Core.Migrating;

namespace Crawl4.Cli.Output;

/// <summary>How far a migration is, on one line of the terminal.</summary>
internal sealed class MigrationLine(CliContext context) : IProgress<MigrationStatus>
{
    private readonly ProgressLine _line = new(context, quiet: false, alone: true);
    private readonly Lock _gate = new();
    private Task _shown = Task.CompletedTask;

    /// <summary>Comes from the migration, one at a time; a terminal that is slow is not waited for.</summary>
    public void Report(MigrationStatus value)
    {
        lock (_gate)
        {
            if (_shown.IsCompleted)
            {
                _shown = _line.ShowAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value.Examined:N0} of {value.TotalEntries:N0}, {value.EntriesPerSecond:N0} a second")
                    + MigrationText.Left(value));
            }
        }
    }

    /// <summary>Says something in between, after what is being shown.</summary>
    public void Say(string message)
    {
        lock (_gate)
        {
            _shown = SayAsync(_shown, message);
        }
    }

    public async Task ClearAsync()
    {
        Task shown;
        lock (_gate)
        {
            shown = _shown;
        }

        await shown;
        await _line.ClearAsync();
    }

    private async Task SayAsync(Task before, string message)
    {
        await before;
        await _line.ClearAsync();
        await context.WriteErrorAsync(message);
    }
}
