using System.Net;
using System.Net.Sockets;

namespace Crawl4.Core.Reading.Extracting.Catalogue;

/// <summary>Tells addresses from version numbers, times and other figures with dots and colons.</summary>
internal static class IpAddresses
{
    /// <summary>Four numbers up to 255, none written with a leading zero, and no further number beside
    /// them.</summary>
    public static int Version4(string text, int start, int length)
    {
        var end = start + length;
        if (IsDigit(text, start - 1) || IsDigit(text, end)
            || (IsDot(text, start - 1) && IsDigit(text, start - 2)) || (IsDot(text, end) && IsDigit(text, end + 1)))
        {
            return 0;
        }

        foreach (var range in text.AsSpan(start, length).Split('.'))
        {
            var part = text.AsSpan(start, length)[range];
            if (!byte.TryParse(part, out _) || (part.Length > 1 && part[0] == '0'))
            {
                return 0;
            }
        }

        return length;
    }

    /// <summary>Eight groups, or fewer with one gap; nothing beside them that could belong to them.</summary>
    public static int Version6(string text, int start, int length)
    {
        // A sentence's or a port's colon is not the address's.
        var end = start + length;
        if (text[end - 1] == ':' && (end - 2 < start || text[end - 2] != ':'))
        {
            end--;
        }

        var address = text.AsSpan(start, end - start);
        return !Joins(text, start - 1) && !Joins(text, end) && address.IndexOfAnyInRange('0', '9') >= 0
            && address.Count(':') >= 2 && IPAddress.TryParse(address, out var parsed)
            && parsed.AddressFamily == AddressFamily.InterNetworkV6 ? address.Length : 0;
    }

    private static bool IsDigit(string text, int at) => (uint)at < (uint)text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsDot(string text, int at) => (uint)at < (uint)text.Length && text[at] == '.';

    private static bool Joins(string text, int at) =>
        (uint)at < (uint)text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_');
}
