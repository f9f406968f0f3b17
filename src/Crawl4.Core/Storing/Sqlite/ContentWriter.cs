using System.Buffers;
using System.Globalization;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Writes content files so that a file under its final name is always whole: to a temporary name in
/// the same folder, flushed, then renamed.</summary>
internal sealed class ContentWriter(ContentFolders folders)
{
    /// <summary>What our unfinished files are called; a killed process may leave one behind.</summary>
    public const string TemporaryPrefix = "crawl4-";

    /// <summary>See <see cref="TemporaryPrefix"/>.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>A name that no other process or machine uses at the same time.</summary>
    public static string NewTemporaryName() =>
        TemporaryPrefix + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + TemporarySuffix;

    /// <summary>Writes the file unless it is there and right. A truncated one is replaced.</summary>
    public void Write(ContentKind kind, string name, ReadOnlyMemory<byte> bytes)
    {
        var path = folders.File(kind, name);
        if (IsThere(path, name, bytes.Length))
        {
            return;
        }

        try
        {
            Replace(kind, path, bytes.Span);
        }
        catch (IOException error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            // The folders are not there yet, or somebody removed them. Where another thread makes them at this very
            // moment, the runtime finds the folder when it looks why the file could not be made, and blames the file.
            folders.Create();
            Replace(kind, path, bytes.Span);
        }
    }

    private void Replace(ContentKind kind, string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = folders.File(kind, NewTemporaryName());
        try
        {
            using (var handle = File.OpenHandle(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
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

    /// <summary>True where the file holds these very bytes. It is flushed then, because whoever wrote it may
    /// not have done so, and our row is about to promise it.</summary>
    private static bool IsThere(string path, string name, int length)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != length || file.LinkTarget is not null)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open,
                OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            var count = 0;
            while (count < length && RandomAccess.Read(handle, buffer.AsSpan(count, length - count), count)
                is > 0 and var read)
            {
                count += read;
            }

            if (count != length || XxHash64.Compute(buffer.AsSpan(0, count)) != ContentName.Hash(name))
            {
                return false;
            }

            RandomAccess.FlushToDisk(handle);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
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
