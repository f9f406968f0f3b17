namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Makes the bytes of an entry straight of its row's and its files' bytes, which are the UTF-8 that is hashed and
/// packed.</summary>
internal static class RowEncoding
{
    /// <summary>The largest JSON of Crawl4AI's is some hundred kilobytes; larger columns are read as bytes where that is
    /// possible.</summary>
    public const int LargeBytes = 1024 * 1024;

    /// <summary>Null where anything about the row is unusual: then it has to be read as a whole, which also says what is
    /// wrong.</summary>
    /// <param name="row">The row.</param>
    /// <param name="content">Its files.</param>
    /// <param name="large">The columns that the row was read without; null where there are none.</param>
    public static EncodedEntry? TryMake(StoredRow row, ContentReader content, LargeColumns? large = null)
    {
        var texts = new RowTexts(row, content, large);
        if (row.Success is null || !(row.Mark is null ? texts.NameContent : IsAsWeWroteIt(row, row.Mark)))
        {
            return null;
        }

        var entry = CanonicalEntry.Of(EntryAssembly.AssembleWithoutFiles(row));
        var encoded = EncodedEntry.TryMake(entry, texts);
        if (encoded is null || row.Mark is not null || !MayBeObject(encoded.Markdown.Span))
        {
            return encoded;
        }

        encoded.Dispose();
        return null;
    }

    private static bool IsAsWeWroteIt(StoredRow row, EntryMark mark) => !mark.MarkdownIsObject
        && row.Shape.Layout == SqliteLayout.Files && row.CachedAt == mark.CachedAt
        && ContentKinds.All.All(kind => row.Shape.Has(ContentKinds.Column(kind))
            && string.Equals(row.Column(ContentKinds.Column(kind)) ?? "", mark.Hashes[(int)kind], StringComparison.Ordinal));

    /// <summary>See <see cref="MarkdownObject.Apply"/>.</summary>
    private static bool MayBeObject(ReadOnlySpan<byte> markdown) => markdown.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
}
