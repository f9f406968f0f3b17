using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What can be said of a database file without opening it as a database.</summary>
/// <remarks>Never by opening it as a file: on Unix, closing any handle of a file gives up every lock that this
/// process holds on it. Another program that closes the database would then take itself for the last one and delete
/// the log that we go on writing to (https://www.sqlite.org/howtocorrupt.html, 2.2).</remarks>
internal static partial class DatabaseFile
{
    /// <summary>W_OK of unistd.h.</summary>
    private const int MayWrite = 2;

    /// <summary>SQLITE_FCNTL_HAS_MOVED of sqlite3.h.</summary>
    private const int HasMovedOperation = 20;

    public static string LogPath(string path) => path + "-wal";

    /// <summary>True where there is a file. A folder in its place, or a file in the folder's, is an error: to
    /// take it for an empty cache would hide somebody's data.</summary>
    public static bool Exists(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.Directory) == 0
                ? true : throw StoreFailure.InTheWay(path, "a folder, not a database file");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var folder = Path.GetDirectoryName(path)!;
            return File.Exists(folder) ? throw StoreFailure.InTheWay(folder, "a file, not a folder") : false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StoreFailure.Translate(error, path);
        }
    }

    /// <summary>True where a write-ahead log holds something that the database may lack.</summary>
    public static bool HasLog(string path)
    {
        var log = new FileInfo(LogPath(path));
        return log.Exists && log.Length > 0;
    }

    /// <summary>True where the system lets this process write beside the database. Windows is not asked: there the
    /// answer is false.</summary>
    public static bool FolderIsWritable(string path) =>
        !OperatingSystem.IsWindows() && Access(Path.GetDirectoryName(path)!, MayWrite) == 0;

    /// <summary>True where the open file is no longer the one at its path: somebody deleted or replaced it, and
    /// what is written to it now would be lost with it.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var moved = 0;
        var handle = connection.Handle!;
        var held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            // Not every platform implements it; those do not let an open file be deleted either.
            return FileControl(handle.DangerousGetHandle(), "main", HasMovedOperation, ref moved) == 0
                && moved != 0;
        }
        finally
        {
            if (held)
            {
                handle.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string name, int operation, ref int result);
}
