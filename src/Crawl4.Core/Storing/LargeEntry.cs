namespace Crawl4.Core.Storing;

/// <summary>An entry whose large texts are left as the bytes that were packed: made into texts, and into bytes again to be
/// written, they would be in memory five times.</summary>
internal sealed class LargeEntry
{
    /// <summary>Smaller entries gain nothing, and their buffers are kept for the next ones.</summary>
    public const int LeastBytes = EncodedEntry.MostPooled;

    /// <summary>The largest JSON of Crawl4AI's is some hundred kilobytes; what is larger is left out.</summary>
    private const int LargeText = 1024 * 1024;

    /// <summary>What stores take as bytes. The others are looked into when they are written.</summary>
    private static readonly int[] Places =
    [
        EncodedEntry.HtmlPlace, EncodedEntry.CleanedHtmlPlace, EncodedEntry.ExtractedContentPlace,
        EncodedEntry.ScreenshotPlace, EncodedEntry.MediaPlace, EncodedEntry.LinksPlace, EncodedEntry.MetadataPlace,
    ];

    private readonly HashSet<int> _left;

    /// <summary>An entry of its bytes, which nobody changes any more.</summary>
    /// <param name="bytes">All of them, whose digest the caller has checked.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="InvalidDataException">They are in a layout that this version does not know.</exception>
    public LargeEntry(byte[] bytes, long version)
    {
        Encoded = new EncodedEntry(bytes, version);
        _left = [.. Places.Where(place => Encoded.Slice(place).Length > LargeText)];
        Entry = DecodedEntry.Read(bytes, _left) with { Version = version };
    }

    private LargeEntry(LargeEntry other, long version) =>
        (Encoded, _left, Entry) = (other.Encoded, other._left, other.Entry with { Version = version });

    /// <summary>The entry, with nothing where its large texts belong.</summary>
    public CacheEntry Entry { get; }

    public EncodedEntry Encoded { get; }

    public LargeEntry WithVersion(long version) => new(this, version);

    /// <summary>A text that was left out, as UTF-8; null where it stands in the entry.</summary>
    public ReadOnlyMemory<byte>? LeftOut(int place) => _left.Contains(place) ? Encoded.Slice(place) : null;

    /// <summary>All of it.</summary>
    public CacheEntry Whole() => DecodedEntry.Read(Encoded.Bytes.Span) with { Version = Entry.Version };
}
