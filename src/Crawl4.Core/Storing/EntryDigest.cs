using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Crawl4.Core.Storing;

/// <summary>The SHA-256 of an entry's decoded content: equal digests mean equal entries, whichever store holds
/// them. The version is not part of it. Each field is preceded by its length, so that no two entries run
/// together to the same bytes.</summary>
public static class EntryDigest
{
    /// <summary>Changes whenever the layout below does, so that digests of two layouts never compare equal.</summary>
    private const byte Layout = 1;

    /// <summary>The digest, 64 lower-case hexadecimal digits.</summary>
    /// <param name="entry">The entry. Lone surrogates count as themselves.</param>
    public static string Compute(CacheEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Layout]);
        foreach (var text in Texts(entry))
        {
            AppendNumber(hash, text.Length);
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        AppendNumber(hash, entry.Success ? 1 : 0);
        AppendNumber(hash, entry.StatusCode ?? -1);
        AppendNumber(hash, entry.CachedAt?.UtcTicks ?? -1);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string[] Texts(CacheEntry e) =>
    [
        e.Url, e.Html, e.CleanedHtml, e.Markdown, e.MarkdownWithCitations, e.ReferencesMarkdown, e.FitMarkdown,
        e.FitHtml, e.ExtractedContent, e.Media, e.Links, e.Metadata, e.Tables, e.Screenshot, e.ResponseHeaders,
        e.DownloadedFiles, e.ETag, e.LastModified, e.HeadFingerprint, e.RedirectedUrl, e.ErrorMessage,
        e.ReadingFingerprint,
    ];

    private static void AppendNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
