using System.Globalization;

namespace Crawl4.Cli.Output;

/// <summary>Figures as people read them. The same in every culture, so that what is printed can be compared.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>A size in at most four digits: 512 B, 52.1 KB.</summary>
    public static string Size(long bytes)
    {
        var size = (double)bytes;
        var unit = 0;
        while (size >= 999.95 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        var digits = unit == 0 ? "0" : "0.0";
        return size.ToString(digits, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    public static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds):N0} ms");

    /// <summary>A time in seconds while there are few, then in days, hours, minutes and seconds.</summary>
    public static string Time(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? time.TotalSeconds.ToString(time < TimeSpan.FromSeconds(10) ? "0.0" : "0", CultureInfo.InvariantCulture) + " s"
        : time.ToString(time < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Count(long count, string singular, string plural) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? singular : plural)}");

    public static string Pages(long count) => Count(count, "page", "pages");

    public static string Entries(long count) => Count(count, "entry", "entries");

    /// <summary>To the minute, in UTC: the cache is shared between machines.</summary>
    public static string Date(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "unknown         ";

    /// <summary>In full, for programs. Empty where there is none.</summary>
    public static string Timestamp(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ?? "";
}
