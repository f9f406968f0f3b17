using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>An entry ready to be written: canonical, hashed, and its content files on disk where the layout
/// has them.</summary>
internal sealed class PreparedPut
{
    private const string EmptyObject = "{}";
    private const string EmptyArray = "[]";

    private PreparedPut(CacheEntry entry, SqliteLayout layout, EncodedEntry encoded, string[] hashes)
    {
        Entry = entry;
        Layout = layout;
        Hashes = hashes;
        Digest = encoded.Digest();
        SizeBytes = encoded.ContentBytes;
    }

    public CacheEntry Entry { get; }

    /// <summary>The layout it was prepared for: Files or Inline.</summary>
    public SqliteLayout Layout { get; }

    public string Digest { get; }

    public long SizeBytes { get; }

    /// <summary>The hash of each kind of content as stored, empty for none.</summary>
    public string[] Hashes { get; }

    /// <summary>True where the Markdown is stored as the object of all its forms.</summary>
    public bool MarkdownIsObject => IsObject(Entry, Layout);

    /// <summary>The folders that its content files are in.</summary>
    public IReadOnlyList<ContentKind> Folders => Layout == SqliteLayout.Files
        ? [.. ContentKinds.All.Where(kind => Hashes[(int)kind].Length > 0)] : [];

    /// <summary>Hashes an entry and hands its content files to a writer.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="layout">Files or Inline.</param>
    /// <param name="lanes">Where files are written.</param>
    /// <param name="writer">What writes them.</param>
    public static async Task<PreparedPut> MakeAsync(
        CacheEntry entry, SqliteLayout layout, FileLanes lanes, ContentWriter writer)
    {
        PreparedPut? put = null;
        var writes = new List<Action>(ContentKinds.Count);
        var canonical = Canonical(entry);
        using var encoded = new EncodedEntry(canonical);
        await lanes.RunAsync(() => put = Make(canonical, layout, encoded, writer, writes))
            .ConfigureAwait(false);
        await WriteAllAsync(writes, lanes).ConfigureAwait(false);
        return put!;
    }

    /// <summary>The same, on the calling thread.</summary>
    public static PreparedPut Make(CacheEntry entry, SqliteLayout layout, ContentWriter writer)
    {
        var writes = new List<Action>(ContentKinds.Count);
        var canonical = Canonical(entry);
        using var encoded = new EncodedEntry(canonical);
        var put = Make(canonical, layout, encoded, writer, writes);
        writes.ForEach(write => write());
        return put;
    }

    private static async Task WriteAllAsync(List<Action> writes, FileLanes lanes)
    {
        // Every write must have ended, well or not, before the buffer that they all read from is given back.
        var running = writes.ConvertAll(lanes.RunAsync);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private static PreparedPut Make(
        CacheEntry entry, SqliteLayout layout, EncodedEntry encoded, ContentWriter writer,
            List<Action> writes)
    {
        var hashes = new string[ContentKinds.Count];
        foreach (var kind in ContentKinds.All)
        {
            var bytes = Stored(kind, entry, encoded, layout);
            hashes[(int)kind] = bytes.Length == 0 ? "" : XxHash64.Hex(bytes.Span);
            if (bytes.Length > 0 && layout == SqliteLayout.Files)
            {
                var name = hashes[(int)kind];
                writes.Add(() => writer.Write(kind, name, bytes));
            }
        }

        return new PreparedPut(entry, layout, encoded, hashes);
    }

    private static ReadOnlyMemory<byte> Stored(
        ContentKind kind, CacheEntry entry, EncodedEntry encoded, SqliteLayout layout) => kind switch
    {
        ContentKind.Html => encoded.Html,
        ContentKind.CleanedHtml => encoded.CleanedHtml,
        ContentKind.ExtractedContent => encoded.ExtractedContent,
        ContentKind.Screenshot => encoded.Screenshot,
        _ when IsObject(entry, layout) => MarkdownColumn.WriteObject(entry),
        _ => encoded.Markdown,
    };

    /// <summary>The Markdown object is only for content files: the versions that keep content inline know
    /// nothing of it and would show it as the page's text.</summary>
    private static bool IsObject(CacheEntry entry, SqliteLayout layout) =>
        layout == SqliteLayout.Files && MarkdownColumn.NeedsObject(entry.Markdown);

    /// <summary>Structured parts that say nothing are kept as their defaults, which is what they read back
    /// as.</summary>
    private static CacheEntry Canonical(CacheEntry entry) => entry with
    {
        Media = Or(entry.Media, EmptyObject),
        Links = Or(entry.Links, EmptyObject),
        Metadata = Or(entry.Metadata, EmptyObject),
        ResponseHeaders = Or(entry.ResponseHeaders, EmptyObject),
        Tables = Or(entry.Tables, EmptyArray),
        DownloadedFiles = entry.DownloadedFiles == EmptyObject ? EmptyArray
            : Or(entry.DownloadedFiles, EmptyArray),
    };

    private static string Or(string json, string empty) => json is "" or "\"\"" ? empty : json;
}
