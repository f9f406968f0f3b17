using System.Globalization;
using Crawl4.Core.Verifying;

namespace Crawl4.Cli.Output;

/// <summary>How far a verification is, or what it waits for, on one line of the terminal.</summary>
internal sealed class VerificationLine(CliContext context) : IProgress<VerificationProgress>
{
    /// <summary>People read no more of them a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressLine _line = new(context, quiet: false, alone: true);
    private readonly Lock _gate = new();
    private Task _shown = Task.CompletedTask;
    private VerificationWait? _wait;
    private long? _last;

    /// <summary>Comes from several threads; a terminal that is slow is not waited for. What is waited for is shown whenever
    /// it changes.</summary>
    public void Report(VerificationProgress value)
    {
        lock (_gate)
        {
            if (value.Step.Length == 0 || !_shown.IsCompleted || (value.Wait == _wait
                && _last is { } last && context.TimeProvider.GetElapsedTime(last) < Interval))
            {
                return;
            }

            (_wait, _last) = (value.Wait, context.TimeProvider.GetTimestamp());
            _shown = _line.ShowAsync(value.Wait?.Text ?? value.Step + string.Create(
                CultureInfo.InvariantCulture, $": {value.SqliteEntries:N0} entries of SQLite, {value.DynamoDbEntries:N0} of ")
                + string.Create(CultureInfo.InvariantCulture, $"DynamoDB, {value.Mismatches:N0} mismatches"));
        }
    }

    /// <summary>Writes something else in between, after what is being shown: one at a time, and without the line.</summary>
    public Task WriteAsync(Func<Task> write)
    {
        lock (_gate)
        {
            return _shown = WriteAfterAsync(_shown, write);
        }
    }

    public Task ClearAsync() => WriteAsync(() => Task.CompletedTask);

    private async Task WriteAfterAsync(Task before, Func<Task> write)
    {
        // Away from the lock; whoever wrote before has been told where that failed.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await _line.ClearAsync();
        await write();
    }
}
