namespace Crawl4.Core.Fetching.Charsets;

/// <summary>Knows UTF-16 by its zero bytes: markup is ASCII, so that even a Chinese page has many, and all of
/// them on one side.</summary>
internal static class Utf16Shape
{
    private const int LookAtBytes = 4096;

    /// <summary>One byte in ten of the side that should be zero, and hardly any of the other.</summary>
    private const double FewestZeros = 0.1;
    private const double MostStrays = 0.01;

    /// <summary>Three bytes in four are printable ASCII: in UTF-16 at most half are, in any
    /// language.</summary>
    public static bool IsMostlyAscii(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, LookAtBytes)];
        var printable = 0;
        foreach (var value in head)
        {
            printable += value is (>= 0x20 and < 0x7f) or 0x09 or 0x0a or 0x0d ? 1 : 0;
        }

        return printable >= head.Length * 0.75;
    }

    /// <summary>"utf-16le", "utf-16be", or null.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length & ~1, LookAtBytes)];
        if (head.Length < 8)
        {
            return null;
        }

        int even = 0, odd = 0;
        for (var index = 0; index < head.Length; index += 2)
        {
            even += head[index] == 0 ? 1 : 0;
            odd += head[index + 1] == 0 ? 1 : 0;
        }

        double pairs = head.Length / 2;
        return (even / pairs, odd / pairs) switch
        {
            ( < MostStrays, > FewestZeros) => "utf-16le",
            ( > FewestZeros, < MostStrays) => "utf-16be",
            _ => null,
        };
    }
}
