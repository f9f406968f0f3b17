using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing;

/// <summary>An entry's texts as UTF-8, encoded once into one pooled buffer, laid out as
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
    public const int ExtractedContentPlace = 8;
    public const int ScreenshotPlace = 13;

    private const int ContentFirst = 1;
    private const int ContentLast = 15;

    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly int _total;
    private byte[] _buffer;

    public EncodedEntry(CacheEntry entry)
    {
        var texts = Texts(entry);
        _starts = new int[texts.Length];
        _lengths = new int[texts.Length];
        var capacity = 1L + (3 * sizeof(long));
        for (var i = 0; i < texts.Length; i++)
        {
            _lengths[i] = Encoding.UTF8.GetByteCount(texts[i]);
            capacity += sizeof(long) + _lengths[i];
        }

        _buffer = ArrayPool<byte>.Shared.Rent(checked((int)capacity));
        _total = Write(entry, texts);
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
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _total);

    public ReadOnlyMemory<byte> Html => Slice(HtmlPlace);

    public ReadOnlyMemory<byte> CleanedHtml => Slice(CleanedHtmlPlace);

    public ReadOnlyMemory<byte> Markdown => Slice(MarkdownPlace);

    public ReadOnlyMemory<byte> ExtractedContent => Slice(ExtractedContentPlace);

    public ReadOnlyMemory<byte> Screenshot => Slice(ScreenshotPlace);

    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(_buffer.AsSpan(0, _total)));

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Hashes an entry some of whose texts are elsewhere, as UTF-8.</summary>
    /// <param name="hash">What they are added to.</param>
    /// <param name="entry">The entry, with the other texts.</param>
    /// <param name="elsewhere">Says of a text, by its place, whether it is elsewhere, and hands it to the action if so.
    /// Null where it cannot be had.</param>
    /// <returns>The size of all content in UTF-8 bytes. Null where a text could not be had.</returns>
    public static long? Hash(
        IncrementalHash hash, CacheEntry entry, Func<int, Action<ReadOnlySpan<byte>>, bool?> elsewhere)
    {
        hash.AppendData([Layout]);
        var texts = Texts(entry);
        var size = 0L;
        for (var i = 0; i < texts.Length; i++)
        {
            var place = i;
            if (elsewhere(i, Add) is not { } was)
            {
                return null;
            }

            if (!was)
            {
                Add(Encoding.UTF8.GetBytes(texts[i]));
            }

            void Add(ReadOnlySpan<byte> bytes)
            {
                AddNumber(hash, bytes.Length);
                hash.AppendData(bytes);
                size += place is >= ContentFirst and <= ContentLast ? bytes.Length : 0;
            }
        }

        AddNumber(hash, entry.Success ? 1 : 0);
        AddNumber(hash, entry.StatusCode ?? -1);
        AddNumber(hash, entry.CachedAt?.UtcTicks ?? -1);
        return size;
    }

    private static void AddNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
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

    private int Write(CacheEntry entry, string[] texts)
    {
        _buffer[0] = Layout;
        var at = 1;
        for (var i = 0; i < texts.Length; i++)
        {
            at = WriteNumber(at, _lengths[i]);
            _starts[i] = at;
            at += Encoding.UTF8.GetBytes(texts[i], _buffer.AsSpan(at));
        }

        at = WriteNumber(at, entry.Success ? 1 : 0);
        at = WriteNumber(at, entry.StatusCode ?? -1);
        return WriteNumber(at, entry.CachedAt?.UtcTicks ?? -1);
    }

    private int WriteNumber(int at, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(at), number);
        return at + sizeof(long);
    }

    private ReadOnlyMemory<byte> Slice(int index) => _buffer.AsMemory(_starts[index], _lengths[index]);
}
