using System.Security.Cryptography;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The digest of an entry of ours, made of its files' bytes as they are: they are the UTF-8 that is hashed, so
/// making texts of them, and UTF-8 of those again, would be for nothing.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="SizeBytes">The size of all content in UTF-8 bytes.</param>
internal sealed record RowDigest(byte[] Digest, long SizeBytes)
{
    /// <summary>Null where the row is not ours, or anything about it is not as we write it: then it has to be read as a
    /// whole, which also says what is wrong.</summary>
    public static RowDigest? TryMake(StoredRow row, ContentReader content)
    {
        if (row is not { Mark: { MarkdownIsObject: false } mark, Success: not null }
            || row.Shape.Layout != SqliteLayout.Files || row.CachedAt != mark.CachedAt
            || !ContentKinds.All.All(kind => IsAsWritten(row, kind, mark)))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var entry = CanonicalEntry.Of(EntryAssembly.AssembleWithoutFiles(row));
        var size = EncodedEntry.Hash(hash, entry, (place, add) =>
            KindAt(place) is not { } kind || mark.Hashes[(int)kind].Length == 0 ? false
                : content.TryUse(kind, mark.Hashes[(int)kind], add) ? true : null);
        return size is { } bytes ? new RowDigest(hash.GetHashAndReset(), bytes) : null;
    }

    private static bool IsAsWritten(StoredRow row, ContentKind kind, EntryMark mark) =>
        row.Shape.Has(ContentKinds.Column(kind))
        && string.Equals(row.Column(ContentKinds.Column(kind)) ?? "", mark.Hashes[(int)kind], StringComparison.Ordinal);

    private static ContentKind? KindAt(int place) => place switch
    {
        EncodedEntry.HtmlPlace => ContentKind.Html,
        EncodedEntry.CleanedHtmlPlace => ContentKind.CleanedHtml,
        EncodedEntry.MarkdownPlace => ContentKind.Markdown,
        EncodedEntry.ExtractedContentPlace => ContentKind.ExtractedContent,
        EncodedEntry.ScreenshotPlace => ContentKind.Screenshot,
        _ => null,
    };
}
