using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing;

/// <summary>An entry's texts as UTF-8, encoded once into one buffer, laid out as
/// <see cref="EntryDigest"/> hashes it. Lone surrogates, which UTF-8 cannot hold, become U+FFFD here, before
/// anything is hashed.</summary>
internal sealed class EncodedEntry : IDisposable
{
    /// <summary>Changes whenever the layout below does, so that digests of two layouts never compare
    /// equal.</summary>
    public const byte Layout = 2;

    /// <summary>Where texts stand that stores may keep by themselves.</summary>
    public const int HtmlPlace = 1;

    public const int CleanedHtmlPlace = 2;
    public const int MarkdownPlace = 3;
    public const int CitationsPlace = 4;
    public const int ReferencesPlace = 5;
    public const int FitMarkdownPlace = 6;
    public const int FitHtmlPlace = 7;
    public const int ExtractedContentPlace = 8;
    public const int MediaPlace = 9;
    public const int LinksPlace = 10;
    public const int MetadataPlace = 11;
    public const int TablesPlace = 12;
    public const int ScreenshotPlace = 13;
    public const int ResponseHeadersPlace = 14;

    private const int ContentFirst = 1;
    private const int ContentLast = 15;

    /// <summary>No text at all.</summary>
    public static readonly IReadOnlySet<int> NoPlaces = new HashSet<int>();

    /// <summary>An array ends at 2 GB; the lengths between the texts and the numbers after them take the rest.</summary>
    private const long MostEncoded = int.MaxValue - 4096;

    private static readonly int TextCount = Texts(new CacheEntry { Url = "" }).Length;

    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly ContentBuffer? _buffer;
    private Memory<byte> _bytes;

    /// <exception cref="OverflowException">It does not fit an array, which ends at 2 GB.</exception>
    public EncodedEntry(CacheEntry entry)
        : this(entry, Texts(entry), elsewhere: null, out _)
    {
    }

    /// <summary>The same of its bytes, which are its own unless it throws.</summary>
    /// <exception cref="InvalidDataException">They are in a layout that this version does not know.</exception>
    public EncodedEntry(ContentBuffer bytes, long version)
    {
        if (bytes.Bytes.IsEmpty || bytes.Bytes.Span[0] != Layout)
        {
            throw DecodedEntry.UnknownLayout();
        }

        (_buffer, _bytes, Version) = (bytes, bytes.Bytes, version);
        _starts = new int[TextCount];
        _lengths = new int[TextCount];
        var at = 1;
        for (var i = 0; i < TextCount; i++)
        {
            _lengths[i] = checked((int)ReadNumber(ref at));
            _starts[i] = at;
            at += _lengths[i];
        }

        Url = Encoding.UTF8.GetString(Slice(0).Span);
        Success = ReadNumber(ref at) != 0;
        StatusCode = ReadNumber(ref at) is >= 0 and var status ? (int)status : null;
        CachedAt = ReadNumber(ref at) is >= 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private EncodedEntry(CacheEntry entry, string[] texts, ITextSource? elsewhere, out bool isWhole)
    {
        (Url, Version, Success, StatusCode, CachedAt) =
            (entry.Url, entry.Version, entry.Success, entry.StatusCode, entry.CachedAt);
        _starts = new int[texts.Length];
        _lengths = new int[texts.Length];
        Span<bool> isElsewhere = stackalloc bool[texts.Length];
        var capacity = 1L + (3 * sizeof(long));
        for (var i = 0; i < texts.Length; i++)
        {
            var length = elsewhere?.Length(i);
            isElsewhere[i] = length is not null;
            _lengths[i] = length ?? Encoding.UTF8.GetByteCount(texts[i]);
            capacity += sizeof(long) + _lengths[i];
        }

        _buffer = new ContentBuffer(checked((int)capacity));
        _bytes = _buffer.Bytes;
        try
        {
            isWhole = TryFill(entry, texts, elsewhere, isElsewhere);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Url { get; }

    /// <summary>The entry's version, which is not among the bytes.</summary>
    public long Version { get; }

    public bool Success { get; }

    public int? StatusCode { get; }

    public DateTimeOffset? CachedAt { get; }

    /// <summary>The same of an entry some of whose texts are elsewhere, as the bytes that are hashed.</summary>
    /// <returns>Null where a text could not be had, or all of them do not fit an array.</returns>
    public static EncodedEntry? TryMake(CacheEntry entry, ITextSource elsewhere)
    {
        var texts = Texts(entry);
        var size = texts.Select((text, place) => elsewhere.Length(place) ?? (3L * text.Length)).Sum();
        if (size > MostEncoded)
        {
            return null;
        }

        var encoded = new EncodedEntry(entry, texts, elsewhere, out var isWhole);
        if (isWhole)
        {
            return encoded;
        }

        encoded.Dispose();
        return null;
    }

    /// <summary>The size of all content in UTF-8 bytes: everything but the key and the short
    /// fields.</summary>
    public long ContentBytes
    {
        get
        {
            var sum = 0L;
            for (var i = ContentFirst; i <= ContentLast; i++)
            {
                sum += _lengths[i];
            }

            return sum;
        }
    }

    /// <summary>Everything, as it is hashed. <see cref="DecodedEntry"/> makes the entry of it again.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    public ReadOnlyMemory<byte> Html => Slice(HtmlPlace);

    public ReadOnlyMemory<byte> CleanedHtml => Slice(CleanedHtmlPlace);

    public ReadOnlyMemory<byte> Markdown => Slice(MarkdownPlace);

    public ReadOnlyMemory<byte> ExtractedContent => Slice(ExtractedContentPlace);

    public ReadOnlyMemory<byte> Screenshot => Slice(ScreenshotPlace);

    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(_bytes.Span));

    public void Dispose()
    {
        _bytes = default;
        _buffer?.Dispose();
    }

    private bool TryFill(CacheEntry entry, string[] texts, ITextSource? elsewhere, ReadOnlySpan<bool> isElsewhere)
    {
        _bytes.Span[0] = Layout;
        var at = 1;
        for (var i = 0; i < texts.Length; i++)
        {
            at = WriteNumber(at, _lengths[i]);
            _starts[i] = at;
            var place = _bytes.Span.Slice(at, _lengths[i]);
            if (!(isElsewhere[i] ? elsewhere!.TryCopy(i, place) : Encoding.UTF8.GetBytes(texts[i], place) == place.Length))
            {
                return false;
            }

            at += place.Length;
        }

        at = WriteNumber(at, entry.Success ? 1 : 0);
        at = WriteNumber(at, entry.StatusCode ?? -1);
        at = WriteNumber(at, entry.CachedAt?.UtcTicks ?? -1);
        _bytes = _bytes[..at];
        return true;
    }

    private static string[] Texts(CacheEntry e) =>
    [
        e.Url, e.Html, e.CleanedHtml, e.Markdown, e.MarkdownWithCitations, e.ReferencesMarkdown,
        e.FitMarkdown,
        e.FitHtml, e.ExtractedContent, e.Media, e.Links, e.Metadata, e.Tables, e.Screenshot,
        e.ResponseHeaders,
        e.DownloadedFiles, e.ETag, e.LastModified, e.HeadFingerprint, e.RedirectedUrl, e.ErrorMessage,
        e.ReadingFingerprint,
    ];

    private int WriteNumber(int at, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.Span[at..], number);
        return at + sizeof(long);
    }

    private long ReadNumber(ref int at)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[at..]);
        at += sizeof(long);
        return number;
    }

    /// <summary>The text of a place.</summary>
    public ReadOnlyMemory<byte> Slice(int index) => _bytes.Slice(_starts[index], _lengths[index]);
}
