namespace Crawl4.Core.Storing;

/// <summary>An entry whose large texts are left as the bytes that were packed: made into texts, and into bytes again to be
/// written, they would be in memory five times.</summary>
internal sealed class LargeEntry : IDisposable
{
    /// <summary>Smaller entries gain nothing, and their buffers are kept for the next ones.</summary>
    public const int LeastBytes = ContentBuffer.MostPooled;

    /// <summary>The largest JSON of Crawl4AI's is some hundred kilobytes; what is larger is left out.</summary>
    private const int LargeText = 1024 * 1024;

    /// <summary>What stores take as bytes. The others are looked into when they are written.</summary>
    private static readonly int[] Places =
    [
        EncodedEntry.HtmlPlace, EncodedEntry.CleanedHtmlPlace, EncodedEntry.ExtractedContentPlace,
        EncodedEntry.ScreenshotPlace, EncodedEntry.MediaPlace, EncodedEntry.LinksPlace, EncodedEntry.MetadataPlace,
    ];

    private readonly HashSet<int> _left;

    /// <summary>An entry of its bytes, which it gives back.</summary>
    /// <param name="encoded">All of them, whose digest the caller has checked.</param>
    /// <param name="version">Its version.</param>
    public LargeEntry(EncodedEntry encoded, long version)
    {
        Encoded = encoded;
        _left = [.. Places.Where(place => Encoded.Slice(place).Length > LargeText)];
        Entry = DecodedEntry.Read(encoded.Bytes.Span, _left) with { Version = version };
    }

    private LargeEntry(LargeEntry other, long version) =>
        (Encoded, _left, Entry) = (other.Encoded, other._left, other.Entry with { Version = version });

    /// <summary>The entry, with nothing where its large texts belong.</summary>
    public CacheEntry Entry { get; }

    public EncodedEntry Encoded { get; }

    /// <summary>The same of the same bytes: either gives them back.</summary>
    public LargeEntry WithVersion(long version) => new(this, version);

    /// <summary>A text that was left out, as UTF-8; null where it stands in the entry.</summary>
    public ReadOnlyMemory<byte>? LeftOut(int place) => _left.Contains(place) ? Encoded.Slice(place) : null;

    /// <summary>All of it.</summary>
    public CacheEntry Whole() => DecodedEntry.Read(Encoded.Bytes.Span) with { Version = Entry.Version };

    public void Dispose() => Encoded.Dispose();
}
