using System.Buffers;
using Crawl4.Core.Files;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Writes content files so that a file under its final name is always whole: to a temporary name in
/// the same folder, flushed, then renamed.</summary>
internal sealed class ContentWriter(ContentFolders folders)
{
    /// <summary>So much of a file that is there is compared at a time: enough for the disk, and no large buffer for large
    /// files.</summary>
    private const int PieceBytes = 1024 * 1024;

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
            DurableFile.ReplaceUnnamed(path, bytes.Span);
        }
        catch (IOException error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            // The folders are not there yet, or somebody removed them. Where another thread makes them at this very
            // moment, the runtime finds the folder when it looks why the file could not be made, and blames the file.
            folders.Create();
            DurableFile.ReplaceUnnamed(path, bytes.Span);
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

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(length, PieceBytes));
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open,
                OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            var hash = new XxHash64.Running();
            var count = 0L;
            while (count <= length && RandomAccess.Read(handle, buffer, count) is > 0 and var read)
            {
                hash.Take(buffer.AsMemory(0, read));
                count += read;
            }

            if (count != length || hash.Hash != ContentName.Hash(name))
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
}
