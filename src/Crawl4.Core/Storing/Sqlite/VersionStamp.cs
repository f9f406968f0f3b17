using System.Globalization;
using System.Text;
using Crawl4.Core.Files;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Crawl4AI's <c>version.txt</c>. A Crawl4AI newer than the stamp migrates the whole cache when it
/// starts, and that migration hashes hashes: so whoever leaves a cache in the current layout stamps
/// it.</summary>
internal static class VersionStamp
{
    /// <summary>The Crawl4AI whose layout we write.</summary>
    public const string Current = "0.9.2";

    private const string FileName = "version.txt";

    /// <summary>What the stamp says, empty where there is none.</summary>
    public static string Read(CacheFolder folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder.Path, FileName)).Trim();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }

    /// <summary>True where Crawl4AI would take a cache with this stamp for older than another.</summary>
    public static bool IsOlder(string stamp, string than)
    {
        var left = Parts(stamp);
        var right = Parts(than);
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var difference = left.ElementAtOrDefault(i) - right.ElementAtOrDefault(i);
            if (difference != 0)
            {
                return difference < 0;
            }
        }

        return false;
    }

    /// <summary>Writes the stamp if there is none, or an older one.</summary>
    public static void RaiseTo(CacheFolder folder, string version)
    {
        if (!IsOlder(Read(folder), version))
        {
            return;
        }

        DurableFile.Replace(Path.Combine(folder.Path, FileName), Encoding.ASCII.GetBytes(version));
    }

    /// <summary>The numbers of the release part; what cannot be read counts as oldest, as for
    /// Crawl4AI.</summary>
    private static int[] Parts(string version)
    {
        var parts = new List<int>();
        foreach (var part in version.Split('.'))
        {
            var digits = part.TakeWhile(char.IsAsciiDigit).Count();
            if (!int.TryParse(part.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number))
            {
                break;
            }

            parts.Add(number);
        }

        return [.. parts];
    }
}
