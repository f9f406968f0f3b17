using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What all processes of a cache have seen, in <c>crawl4_figures.jsonl</c> in its folder: each adds a line now and
/// then, so that whoever decides on the rollout sees them all, and not only itself.</summary>
/// <remarks>Figures are worth no failure: what cannot be written is an event. The file is bounded, and what is older goes
/// to one file beside it.</remarks>
internal sealed class FiguresLog(CacheFolder folder, TimeProvider time, IEventSink events)
{
    public const string FileName = "crawl4_figures.jsonl";

    public const string OlderFileName = "crawl4_figures.old.jsonl";

    /// <summary>How often a process adds a line: short beside a guard's window of a minute and more.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Some thousand lines: hours of several busy processes.</summary>
    private const long MaxBytes = 2 * 1024 * 1024;

    private string FilePath => Path.Combine(folder.Path, FileName);

    private string OlderPath => Path.Combine(folder.Path, OlderFileName);

    public void Add(DateTimeOffset from, FiguresTally tally)
    {
        try
        {
            Rotate();
            using var file = new FileStream(
                FilePath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Write(FiguresJson.Write(from, time.GetUtcNow(), tally));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            events.Warn(EventIds.FiguresNotWritten, $"The figures could not be added to '{FilePath}': {error.Message}");
        }
    }

    /// <summary>All that was seen from a moment on. A line that began before it is left out: it may be of what was
    /// before.</summary>
    public FiguresTally Read(DateTimeOffset since)
    {
        var sum = FiguresTally.Nothing;
        foreach (var line in Lines(OlderPath).Concat(Lines(FilePath)))
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

    /// <summary>Two processes may both find it full: the second one moves a file that has just begun, and a few minutes of
    /// figures are gone, which nobody is hurt by.</summary>
    private void Rotate()
    {
        var info = new FileInfo(FilePath);
        if (info.Exists && info.Length > MaxBytes)
        {
            File.Move(FilePath, OlderPath, overwrite: true);
        }
    }
}
