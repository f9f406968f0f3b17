using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Binds texts whole. The SQLite binding for .NET cuts a bound string of 512 bytes or more at its
/// first NUL character (SQLitePCLRaw 3.0.3, found by a test of random texts); bytes it leaves
/// alone.</summary>
internal static class BoundText
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "success", "kept_success", "version", CrawledTable.CachedAt, "cached_ticks", "size_bytes",
        "status_code",
        "markdown_is_object",
    };

    /// <summary>The place of a parameter for a column: texts are cast, since they may be bound as
    /// bytes.</summary>
    public static string Place(string column, string parameter) =>
        Numbers.Contains(column) ? parameter : $"CAST({parameter} AS TEXT)";

    /// <summary>The value to bind.</summary>
    public static object Value(object value) =>
        value is string text && text.Contains('\0', StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(text)
            : value;
}
