using System.Globalization;

namespace Crawl4.Core.Files;

/// <summary>Small files that are either as they were or as they are meant to be, whatever happens meanwhile: written
/// under a temporary name in the same folder, flushed, renamed, the folder flushed.</summary>
internal static class DurableFile
{
    /// <summary>What unfinished files are called; a killed process may leave one behind.</summary>
    public const string TemporaryPrefix = "crawl4-";

    /// <summary>See <see cref="TemporaryPrefix"/>.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>A name that no other process or machine uses at the same time.</summary>
    public static string NewTemporaryName() =>
        TemporaryPrefix + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + TemporarySuffix;

    /// <summary>Puts a file in place of what is there.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        ReplaceUnnamed(path, bytes);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>The same, except that the new name is durable only once the folder is flushed.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    public static void ReplaceUnnamed(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, NewTemporaryName());
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, bytes, 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }
}
