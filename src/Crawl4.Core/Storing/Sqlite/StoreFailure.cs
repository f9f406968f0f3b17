using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Turns what SQLite and the file system throw into errors that name the file and the way out.
/// Codes: https://www.sqlite.org/rescode.html.</summary>
internal static class StoreFailure
{
    public const int Error = 1;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int CannotOpen = 14;
    public const int TooBig = 18;
    public const int Constraint = 19;

    private const int Permission = 3;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    // errno.h of Linux and macOS, and the Windows codes of the same meaning.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsWriteProtect = unchecked((int)0x80070013);

    public static bool IsBusy(SqliteException error) => error.SqliteErrorCode is Busy or Locked;

    /// <summary>True for what the store turns into its own error.</summary>
    public static bool IsStoreFailure(Exception error) =>
        error is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>The error for an exception.</summary>
    /// <param name="error">What was caught.</param>
    /// <param name="databasePath">The database it concerns.</param>
    public static Crawl4Exception Translate(Exception error, string databasePath) => error switch
    {
        Crawl4Exception already => already,
        SqliteException sqlite => OfSqlite(sqlite, databasePath),
        _ => OfFile(error, databasePath),
    };

    public static Crawl4Exception BusyTooLong(string databasePath, TimeSpan waited, Exception? cause) =>
        new(Crawl4ErrorCode.StoreBusy,
            $"The cache '{databasePath}' was still in use by another process after "
            + $"{waited.TotalSeconds:0.#} s.",
            databasePath, cause);

    public static Crawl4Exception InTheWay(string path, string what) =>
        new(new Crawl4Error(Crawl4ErrorCode.StoreUnavailable,
            $"The cache cannot be opened: '{path}' is {what}.", path)
        { Advice = "Move it away, or choose another base directory." });

    private static Crawl4Exception OfSqlite(SqliteException error, string path) =>
        error.SqliteErrorCode switch
    {
        Busy or Locked => new(Crawl4ErrorCode.StoreBusy,
            $"The cache '{path}' is in use by another process.", path, error),
        Full => new(Crawl4ErrorCode.StoreFull, $"No space is left for the cache '{path}'.", path, error),
        ReadOnly or Permission => NotWritable(path, error),
        Corrupt => new(Crawl4ErrorCode.StoreCorrupt,
            $"The cache '{path}' is corrupt: {error.Message}.", path, error),
        NotADatabase => new(Crawl4ErrorCode.StoreCorrupt,
            $"'{path}' is not a SQLite database.", path, error),
        CannotOpen => new(Crawl4ErrorCode.StoreUnavailable,
            $"The cache '{path}' cannot be opened: its file or its folder cannot be used.", path, error),
        TooBig => new(new Crawl4Error(Crawl4ErrorCode.PageTooLarge,
            $"An entry is larger than SQLite can hold in '{path}'.", path)
        { Advice = "Leave this page out of the cache." }, error),
        _ => new(Crawl4ErrorCode.StoreUnavailable, $"The cache '{path}' failed: {error.Message}.", path,
            error),
    };

    private static Crawl4Exception OfFile(Exception error, string path) => error switch
    {
        UnauthorizedAccessException => NotWritable(path, error),
        _ when error.HResult
            is NoSpace or QuotaLinux or QuotaMac or WindowsDiskFull or WindowsHandleDiskFull =>
            new(Crawl4ErrorCode.StoreFull, $"No space is left for the cache '{path}': {error.Message}", path,
                error),
        _ when error.HResult is ReadOnlyFileSystem or WindowsWriteProtect => NotWritable(path, error),
        _ => new(Crawl4ErrorCode.StoreUnavailable, $"The cache '{path}' failed: {error.Message}", path,
            error),
    };

    private static Crawl4Exception NotWritable(string path, Exception error) =>
        new(Crawl4ErrorCode.StoreReadOnly,
            $"The cache '{path}' cannot be used: access to it or its folder is denied "
            + $"({error.Message.TrimEnd('.')}).",
            path, error);
}
