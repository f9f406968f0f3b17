using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What all processes of a cache have seen, in <c>crawl4_figures.jsonl</c> in its folder: each adds a line now and
/// then, so that whoever decides on the rollout sees them all, and not only itself.</summary>
/// <remarks>Figures are worth no failure: what cannot be written is an event. The file is bounded, and what is older
/// goes to files beside it, of which the youngest still counts.</remarks>
internal sealed class FiguresLog(CacheFolder folder, TimeProvider time, IEventSink events)
{
    public const string FileName = "crawl4_figures.jsonl";

    /// <summary>How often a process adds a line: short beside a guard's window of a minute and more.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Some thousand lines: hours of several busy processes.</summary>
    private const long MaxBytes = 2 * 1024 * 1024;

    private readonly LogFile _file = new(Path.Combine(folder.Path, FileName), MaxBytes, time);

    private string FilePath => Path.Combine(folder.Path, FileName);

    /// <returns>False where it could not be written down now.</returns>
    public async Task<bool> TryAddAsync(DateTimeOffset from, FiguresTally tally)
    {
        var line = Encoding.UTF8.GetString(FiguresJson.Write(from, time.GetUtcNow(), tally));
        if (await _file.TryAddAsync(line, CancellationToken.None).ConfigureAwait(false))
        {
            return true;
        }

        events.Warn(EventIds.FiguresNotWritten, $"The figures could not be added to '{FilePath}'.");
        return false;
    }

    /// <summary>All that was seen from a moment on. A line that began before it is left out: it may be of what was
    /// before.</summary>
    public FiguresTally Read(DateTimeOffset since)
    {
        var sum = FiguresTally.Nothing;
        foreach (var line in Lines(FilePath + ".1").Concat(Lines(FilePath)))
        {
            if (FiguresJson.Read(line) is { } read && read.From >= since)
            {
                sum = sum.Plus(read.Tally);
            }
        }

        return sum;
    }

    private static IEnumerable<string> Lines(string path)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(path, Encoding.UTF8, false, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        using (reader)
        {
            while (reader.ReadLine() is { } line)
            {
                yield return line;
            }
        }
    }
}
