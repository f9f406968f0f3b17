using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Crawl4.Core.Fetching.Bodies;

namespace Crawl4.Core.Fetching.Downloads;

/// <summary>The file name of a download: what the server calls it, made harmless on every system.</summary>
internal static class DownloadName
{
    /// <summary>File systems allow 255 bytes; this leaves room for a number, and no character has more than
    /// four.</summary>
    public const int MaxBytes = 200;

    private const int MaxExtensionChars = 16;

    private static readonly FrozenSet<string> Devices = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
            .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"COM{n}", $"LPT{n}"]),
            "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³"]);

    /// <summary>filename* of Content-Disposition, else its filename (RFC 6266), else the URL's last segment,
    /// else
    /// <c>download_</c> and a hash of the URL.</summary>
    public static string Choose(string disposition, string url, string mediaType)
    {
        var header = MediaType.Parse(disposition);
        string?[] candidates =
            [Extended(header.Parameter("filename*")), header.Parameter("filename"), LastSegment(url)];
        foreach (var given in candidates)
        {
            if (Sanitize(given ?? "") is { Length: > 0 } name)
            {
                return name;
            }
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..10];
        return $"download_{hash}{ExtensionOf(mediaType)}";
    }

    /// <summary>A base name that no system takes for anything else, or empty.</summary>
    public static string Sanitize(string given)
    {
        var baseName = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var text = new StringBuilder(baseName.Length);
        foreach (var rune in baseName.EnumerateRunes())
        {
            var isSafe = rune.Value >= ' ' && !Rune.IsControl(rune) && rune != Rune.ReplacementChar
                && !"<>:\"|?*/\\".Contains(rune.ToString(), StringComparison.Ordinal)
                && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator);
            text.Append(isSafe ? rune.ToString() : "_");
        }

        // Leading dots hide a file, leading dashes make it an option, trailing dots and blanks vanish on
        // Windows.
        var name = Shorten(text.ToString().Trim().TrimStart('.', ' ', '-', '~').TrimEnd('.', ' '));
        var stem = name.Split('.')[0].TrimEnd();
        return name.Trim('_').Length == 0 ? "" : Devices.Contains(stem) ? "_" + name : name;
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= MaxExtensionChars } known ? known : "";
        var room = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        var stem = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            stem.Append(rune.ToString());
        }

        return stem.ToString().TrimEnd('.', ' ') + extension;
    }

    /// <summary>charset'language'percent-encoded (RFC 8187). Null where it is malformed.</summary>
    private static string? Extended(string? value)
    {
        var parts = value?.Split('\'', 3);
        if (parts is not { Length: 3 } || Charsets.CharsetLabels.Find(parts[0]) is not { } charset)
        {
            return null;
        }

        return Charsets.CharsetLabels.EncodingOf(charset).GetString(Unescape(parts[2]));
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length
                && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[at..(at + 1)]));
            }
        }

        return [.. bytes];
    }

    private static string LastSegment(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? Encoding.UTF8.GetString(Unescape(uri.AbsolutePath[(uri.AbsolutePath.LastIndexOf('/') + 1)..]))
            : "";

    private static string ExtensionOf(string mediaType) => mediaType switch
    {
        "application/pdf" => ".pdf",
        "application/zip" or "application/x-zip-compressed" => ".zip",
        "application/gzip" or "application/x-gzip" => ".gz",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "image/avif" => ".avif",
        "video/mp4" => ".mp4",
        "audio/mpeg" => ".mp3",
        "text/html" or "application/xhtml+xml" => ".html",
        "text/plain" => ".txt",
        "text/csv" => ".csv",
        "application/json" => ".json",
        "application/xml" or "text/xml" => ".xml",
        _ => ".bin",
    };
}
