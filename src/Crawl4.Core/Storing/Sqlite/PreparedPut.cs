using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>An entry ready to be written: canonical, hashed, and its content files on disk where the layout
/// has them.</summary>
internal sealed class PreparedPut
{
    private readonly LargeEntry? _large;

    private PreparedPut(
        CacheEntry entry, SqliteLayout layout, EncodedEntry encoded, string[] hashes, LargeEntry? large)
    {
        _large = large;
        Entry = entry;
        Layout = layout;
        Hashes = hashes;
        Digest = encoded.Digest();
        SizeBytes = encoded.ContentBytes;
    }

    /// <summary>The entry. Where it is a large one, its large texts are not in it.</summary>
    public CacheEntry Entry { get; }

    /// <summary>True where texts are left out of the entry.</summary>
    public bool IsLarge => _large is not null;

    /// <summary>All of the entry.</summary>
    public CacheEntry Whole => _large?.Whole() ?? Entry;

    /// <summary>The layout it was prepared for: Files or Inline.</summary>
    public SqliteLayout Layout { get; }

    public string Digest { get; }

    public long SizeBytes { get; }

    /// <summary>The hash of each kind of content as stored, empty for none.</summary>
    public string[] Hashes { get; }

    /// <summary>True where the Markdown is stored as the object of all its forms.</summary>
    public bool MarkdownIsObject => IsObject(Entry, Layout, _large);

    /// <summary>The folders that its content files are in.</summary>
    public IReadOnlyList<ContentKind> Folders => Layout == SqliteLayout.Files
        ? [.. ContentKinds.All.Where(kind => Hashes[(int)kind].Length > 0)] : [];

    /// <summary>Hashes an entry and writes its content files, so that all but their
    /// names is durable.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="layout">Files or Inline.</param>
    /// <param name="files">What writes them. What it says of going on applies here too.</param>
    public static async Task<PreparedPut> MakeAsync(
        CacheEntry entry, SqliteLayout layout, EntryFiles files)
    {
        PreparedPut? put = null;
        EncodedEntry? encoded = null;
        try
        {
            await files.WriteAsync(() =>
            {
                var canonical = CanonicalEntry.Of(entry);
                encoded = new EncodedEntry(canonical);
                return Make(canonical, layout, encoded, large: null, out put);
            }).ConfigureAwait(false);
        }
        finally
        {
            encoded?.Dispose();
        }

        return put!;
    }

    /// <summary>The same of a large entry, for the layout that has files. It stays in memory as long as what is
    /// given.</summary>
    /// <param name="large">The entry.</param>
    /// <param name="files">What writes them. What it says of going on applies here too.</param>
    public static async Task<PreparedPut> MakeAsync(LargeEntry large, EntryFiles files)
    {
        PreparedPut? put = null;
        await files.WriteAsync(() => Make(
            CanonicalEntry.Of(large.Entry), SqliteLayout.Files, large.Encoded, large, out put)).ConfigureAwait(false);
        return put!;
    }

    /// <summary>The texts that were left out of the entry and stand in a table, by their columns' present names.</summary>
    public IEnumerable<(string Column, ReadOnlyMemory<byte> Text)> LeftOut(string table)
    {
        foreach (var (_, column, place) in LargeColumns.WithoutFiles.Where(column => column.Table == table))
        {
            if (_large?.LeftOut(place) is { } text)
            {
                yield return (column, text);
            }
        }
    }

    /// <summary>The same, on the calling thread, names and all.</summary>
    public static PreparedPut Make(
        CacheEntry entry, SqliteLayout layout, ContentWriter writer, ContentFolders folders)
    {
        var canonical = CanonicalEntry.Of(entry);
        using var encoded = new EncodedEntry(canonical);
        Make(canonical, layout, encoded, large: null, out var put)
            .ForEach(file => writer.Write(file.Kind, file.Name, file.Bytes));
        folders.Flush(put.Folders);
        return put;
    }

    private static List<ContentFile> Make(
        CacheEntry entry, SqliteLayout layout, EncodedEntry encoded, LargeEntry? large, out PreparedPut put)
    {
        var hashes = new string[ContentKinds.Count];
        var files = new List<ContentFile>(ContentKinds.Count);
        foreach (var kind in ContentKinds.All)
        {
            var bytes = Stored(kind, entry, encoded, layout, large);
            hashes[(int)kind] = bytes.Length == 0 ? "" : XxHash64.Hex(bytes.Span);
            if (bytes.Length > 0 && layout == SqliteLayout.Files)
            {
                files.Add(new ContentFile(kind, hashes[(int)kind], bytes));
            }
        }

        put = new PreparedPut(entry, layout, encoded, hashes, large);
        return files;
    }

    private static ReadOnlyMemory<byte> Stored(
        ContentKind kind, CacheEntry entry, EncodedEntry encoded, SqliteLayout layout, LargeEntry? large) => kind switch
    {
        ContentKind.Html => encoded.Html,
        ContentKind.CleanedHtml => encoded.CleanedHtml,
        ContentKind.ExtractedContent => encoded.ExtractedContent,
        ContentKind.Screenshot => encoded.Screenshot,
        _ when IsObject(entry, layout, large) => MarkdownObject.Write(entry),
        _ => encoded.Markdown,
    };

    /// <summary>The Markdown object is only for content files: the versions that keep content inline know
    /// nothing of it and would show it as the page's text.</summary>
    private static bool IsObject(CacheEntry entry, SqliteLayout layout, LargeEntry? large) =>
        layout == SqliteLayout.Files && large?.LeftOut(EncodedEntry.MarkdownPlace) is null
        && MarkdownColumn.NeedsObject(entry.Markdown);
}
