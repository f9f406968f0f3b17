using System.Runtime.InteropServices;

namespace Crawl4.Core.Files;

/// <summary>Makes renames durable. A file that was flushed and renamed can still vanish in a power cut until
/// its folder is flushed too (fsync(2), notes). .NET cannot open a folder, so Unix is asked directly; Windows
/// keeps its own journal and has no such call.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(path, ReadOnly);
        if (handle < 0)
        {
            throw new IOException(
                $"The folder '{path}' cannot be opened to be flushed.", Marshal.GetLastPInvokeError());
        }

        try
        {
            if (Sync(handle) != 0 && !IsUnsupported(Marshal.GetLastPInvokeError()))
            {
                throw new IOException(
                    $"The folder '{path}' cannot be flushed.", Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    // Some network and FUSE file systems refuse fsync on folders with EINVAL or ENOTSUP; they offer no
    // better.
    private static bool IsUnsupported(int error) => error is 22 or 95 or 45;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling =
        StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
