using System.Buffers.Binary;
using System.Text;

namespace Crawl4.Core.Storing;

/// <summary>Makes an entry of the bytes that <see cref="EncodedEntry"/> made of it.</summary>
internal ref struct DecodedEntry
{
    private readonly IReadOnlySet<int> _left;
    private ReadOnlySpan<byte> _rest;
    private int _place;

    private DecodedEntry(ReadOnlySpan<byte> bytes, IReadOnlySet<int> left)
    {
        _rest = bytes;
        _left = left;
    }

    /// <summary>The entry, without its version.</summary>
    /// <param name="bytes">All the bytes, whose digest the caller has checked.</param>
    /// <exception cref="InvalidDataException">They are in a layout that this version does not know.</exception>
    public static CacheEntry Read(ReadOnlySpan<byte> bytes) => Read(bytes, EncodedEntry.NoPlaces);

    /// <summary>The same, with some texts left empty.</summary>
    /// <param name="bytes">All the bytes, whose digest the caller has checked.</param>
    /// <param name="left">The places of those texts.</param>
    /// <exception cref="InvalidDataException">They are in a layout that this version does not know.</exception>
    public static CacheEntry Read(ReadOnlySpan<byte> bytes, IReadOnlySet<int> left)
    {
        if (bytes.IsEmpty || bytes[0] != EncodedEntry.Layout)
        {
            throw UnknownLayout();
        }

        return new DecodedEntry(bytes[1..], left).Read();
    }

    public static InvalidDataException UnknownLayout() =>
        new("The content is in a layout that this version of Crawl4 does not know.");

    private CacheEntry Read() => new()
    {
        // In the order of the layout: each line takes what stands next.
        Url = Text(),
        Html = Text(),
        CleanedHtml = Text(),
        Markdown = Text(),
        MarkdownWithCitations = Text(),
        ReferencesMarkdown = Text(),
        FitMarkdown = Text(),
        FitHtml = Text(),
        ExtractedContent = Text(),
        Media = Text(),
        Links = Text(),
        Metadata = Text(),
        Tables = Text(),
        Screenshot = Text(),
        ResponseHeaders = Text(),
        DownloadedFiles = Text(),
        ETag = Text(),
        LastModified = Text(),
        HeadFingerprint = Text(),
        RedirectedUrl = Text(),
        ErrorMessage = Text(),
        ReadingFingerprint = Text(),
        Success = Number() != 0,
        StatusCode = Number() is >= 0 and var status ? (int)status : null,
        CachedAt = Number() is >= 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
    };

    private string Text()
    {
        var length = checked((int)Number());
        var text = _left.Contains(_place++) ? "" : Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    private long Number()
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return number;
    }
}
