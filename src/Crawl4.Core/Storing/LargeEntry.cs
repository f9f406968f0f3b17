using System.Buffers;

namespace Crawl4.Core.Storing;

/// <summary>An entry whose large texts are left as the bytes that were packed: made into texts, and into bytes again to be
/// written, they would be in memory five times.</summary>
internal sealed class LargeEntry : IDisposable
{
    /// <summary>Smaller entries gain nothing, and their buffers are kept for the next ones.</summary>
    public const int LeastBytes = ContentBuffer.MostPooled;

    /// <summary>The largest JSON of Crawl4AI's is some hundred kilobytes; what is larger is left out.</summary>
    private const int LargeText = 1024 * 1024;

    /// <summary>How JSON may begin, blanks included: Python's, which takes NaN and Infinity for numbers. Markdown that may
    /// be JSON is looked into when it is written.</summary>
    private static readonly SearchValues<byte> JsonStarts = SearchValues.Create("{[\"-0123456789tfnNI \t\r\n"u8);

    /// <summary>What stores take as bytes. The others are looked into when they are written, and small.</summary>
    private static readonly int[] Places =
    [
        EncodedEntry.HtmlPlace, EncodedEntry.CleanedHtmlPlace, EncodedEntry.MarkdownPlace, EncodedEntry.CitationsPlace,
        EncodedEntry.ReferencesPlace, EncodedEntry.FitMarkdownPlace, EncodedEntry.FitHtmlPlace,
        EncodedEntry.ExtractedContentPlace, EncodedEntry.ScreenshotPlace, EncodedEntry.MediaPlace,
        EncodedEntry.LinksPlace, EncodedEntry.MetadataPlace, EncodedEntry.TablesPlace,
    ];

    private readonly HashSet<int> _left;

    /// <summary>An entry of its bytes, which it gives back.</summary>
    /// <param name="encoded">All of them, whose digest the caller has checked.</param>
    /// <param name="version">Its version.</param>
    public LargeEntry(EncodedEntry encoded, long version)
    {
        Encoded = encoded;
        _left = [.. Places.Where(IsLeftOut)];
        Entry = DecodedEntry.Read(encoded.Bytes.Span, _left) with { Version = version };
    }

    private bool IsLeftOut(int place)
    {
        var text = Encoded.Slice(place);
        return text.Length > LargeText
            && (place != EncodedEntry.MarkdownPlace || !JsonStarts.Contains(text.Span[0]));
    }

    private LargeEntry(LargeEntry other, long version) =>
        (Encoded, _left, Entry) = (other.Encoded, other._left, other.Entry with { Version = version });

    /// <summary>The entry, with nothing where its large texts belong.</summary>
    public CacheEntry Entry { get; }

    public EncodedEntry Encoded { get; }

    /// <summary>The same of the same bytes: either gives them back.</summary>
    public LargeEntry WithVersion(long version) => new(this, version);

    /// <summary>A text that was left out, as UTF-8; null where it stands in the entry.</summary>
    public ReadOnlyMemory<byte>? LeftOut(int place)
    {
        // No conditional expression: null would become memory of no bytes, and the text in the entry be written over.
        if (!_left.Contains(place))
        {
            return null;
        }

        return Encoded.Slice(place);
    }

    /// <summary>All of it.</summary>
    public CacheEntry Whole() => DecodedEntry.Read(Encoded.Bytes.Span) with { Version = Entry.Version };

    public void Dispose() => Encoded.Dispose();
}
