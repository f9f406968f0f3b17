namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The texts of a row that are in files, or in columns too large to be read as text.</summary>
internal sealed class RowTexts : ITextSource
{
    private readonly ContentReader _content;
    private readonly LargeColumns? _large;
    private readonly (string Name, int Length)?[] _files;

    public RowTexts(StoredRow row, ContentReader content, LargeColumns? large)
    {
        (_content, _large) = (content, large);
        _files = [.. ContentKinds.All.Select(kind => FileOf(row, kind))];
    }

    /// <summary>True where no file holds what may be another file's name, or nothing, as if it were not there.</summary>
    public bool NameContent => _files.All(file => file is null or { Length: > 0 and not ContentName.Length });

    public int? Length(int place) => _large?.Length(place) ?? FileAt(place)?.Length;

    public bool TryCopy(int place, Span<byte> destination) =>
        _large?.Length(place) is not null ? _large.TryCopy(place, destination)
        : !destination.IsEmpty && FileAt(place) is { } file && _content.TryCopy(KindAt(place)!.Value, file.Name, destination);

    private (string Name, int Length)? FileAt(int place) => KindAt(place) is { } kind ? _files[(int)kind] : null;

    private (string Name, int Length)? FileOf(StoredRow row, ContentKind kind) =>
        row.Column(ContentKinds.Column(kind)) is { } value && ContentName.IsName(value)
            ? (value, (int)Math.Min(_content.Length(kind, value) ?? 0, Array.MaxLength)) : null;

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
