using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Reads values whatever type they were stored as: SQLite lets a TEXT column hold bytes and numbers,
/// and twenty versions of another program have written them.</summary>
internal static class ColumnValue
{
    public static string? Text(SqliteDataReader reader, int ordinal) => reader.GetValue(ordinal) switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    public static double? Number(SqliteDataReader reader, int ordinal) => reader.GetValue(ordinal) switch
    {
        double number => number,
        long number => number,
        string text when double.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => null,
    };

    public static long? Integer(SqliteDataReader reader, int ordinal) => reader.GetValue(ordinal) switch
    {
        long number => number,
        double number when Math.Abs(number) < long.MaxValue / 2 => (long)number,
        _ => null,
    };

    /// <summary>A truth value; Crawl4AI writes 0 or 1, its oldest versions also text.</summary>
    public static bool? Truth(SqliteDataReader reader, int ordinal) => reader.GetValue(ordinal) switch
    {
        long number => number != 0,
        double number => number != 0,
        string text => text.ToUpperInvariant() is "1" or "TRUE",
        _ => null,
    };
}
