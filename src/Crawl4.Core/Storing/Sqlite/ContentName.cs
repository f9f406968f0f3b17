using System.Buffers;
using System.Globalization;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Tells a content file's name from content: 16 lower-case hexadecimal digits, as Crawl4AI writes
/// them. Nothing else ever becomes part of a path.</summary>
internal static class ContentName
{
    public const int Length = 16;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsName(ReadOnlySpan<char> text) => text.Length == Length
        && !text.ContainsAnyExcept(Digits);

    public static ulong Hash(string name) =>
        ulong.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
