using System.Buffers;
using System.Formats.Tar;

namespace Crawl4.Core.Fetching.Local;

/// <summary>Reads a file: URL: regular files of this machine only.</summary>
internal static class LocalFile
{
    /// <exception cref="Crawl4Exception">Whatever is wrong with the file.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Uri uri, long maxBytes, CancellationToken stop)
    {
        var shown = FetchUrl.Show(uri);
        if (uri.IsUnc
            || (uri.Host.Length > 0 && !uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)))
        {
            throw Failed(Crawl4ErrorCode.EgressForbidden,
                $"{shown} is on another machine; give a file of this one.", shown);
        }

        try
        {
            var file = Resolve(uri.LocalPath);
            if (!file.Exists)
            {
                throw Directory.Exists(file.FullName)
                    ? Failed(Crawl4ErrorCode.PageUnreadable, $"{shown} is a folder.", shown)
                    : Failed(Crawl4ErrorCode.PageNotFound, $"{shown} does not exist.", shown);
            }

            if (file.Length == 0)
            {
                return IsRegular(file.FullName)
                    ? ReadOnlyMemory<byte>.Empty
                    : throw Failed(
                        Crawl4ErrorCode.PageUnreadable, $"{shown} is a device or pipe, not a file.", shown);
            }

            return file.Length <= maxBytes
                ? await ReadWholeAsync(file, maxBytes, shown, stop).ConfigureAwait(false)
                : throw TooLarge(shown, maxBytes);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(Crawl4ErrorCode.PageNotFound, $"{shown} does not exist.", shown, missing);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Failed(Crawl4ErrorCode.PageForbidden, $"{shown} may not be read.", shown, failure);
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or NotSupportedException)
        {
            throw Failed(
                Crawl4ErrorCode.PageUnreadable, $"{shown} cannot be read: {failure.Message}", shown, failure);
        }
    }

    private static FileInfo Resolve(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? new FileInfo(target.FullName)
            : file;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(
        FileInfo file, long maxBytes, string shown, CancellationToken stop)
    {
        await using var stream = new FileStream(file.FullName, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
        var body = new ArrayBufferWriter<byte>((int)file.Length + 1);
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(), stop).ConfigureAwait(false)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                // It grew since it was measured.
                throw TooLarge(shown, maxBytes);
            }
        }

        return body.WrittenMemory;
    }

    /// <summary>Pipes and devices have no length, like empty files, and opening a pipe can wait for ever.
    /// .NET does not tell them apart, but its tar writer has to, and writes no more than a header for any of
    /// them.</summary>
    private static bool IsRegular(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }

    private static Crawl4Exception TooLarge(string shown, long maxBytes) => Failed(
        Crawl4ErrorCode.PageTooLarge, $"{shown} is larger than {maxBytes:N0} bytes, the most that are read.",
            shown);

    private static Crawl4Exception Failed(
        Crawl4ErrorCode code, string message, string target, Exception? cause = null) =>
        new(code, message, target, cause);
}
