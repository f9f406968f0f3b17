namespace Crawl4.Core.Storing;

/// <summary>Has some texts of an entry as UTF-8, by their places in <see cref="EncodedEntry"/>: making texts of them, and
/// UTF-8 of those again, would be for nothing.</summary>
internal interface ITextSource
{
    /// <summary>The length of a text in bytes, or null where it is not here.</summary>
    int? Length(int place);

    /// <summary>Gives a text, which has to fill its destination.</summary>
    /// <returns>False where it is not as it should be.</returns>
    bool TryCopy(int place, Span<byte> destination);
}
