namespace Crawl4.Core.Reading;

/// <summary>Gets the content out of pages. Safe for use from many threads.</summary>
public interface IPageReader
{
    /// <summary>Reads an HTML page.</summary>
    /// <param name="html">The page's decoded HTML.</param>
    /// <param name="baseUrl">What relative URLs are relative to, where the page does not say
    /// otherwise.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot
    /// be parsed.</exception>
    ReadPage ReadHtml(
        string html, string baseUrl, ReadingOptions options, CancellationToken cancellationToken);

    /// <summary>Reads content of any kind. HTML is read by <see cref="ReadHtml"/>; a feed becomes its title
    /// and its items, text stays as it is, JSON, XML and irregular CSV become code blocks, regular CSV a
    /// table. What cannot be parsed as its kind is read as text.</summary>
    /// <param name="content">The decoded content.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="baseUrl">What relative URLs are relative to.</param>
    /// <param name="options">How to read it. Selectors and excluded tags concern HTML alone.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot
    /// be parsed.</exception>
    ReadPage Read(
        string content,
        ContentKind kind,
        string baseUrl,
        ReadingOptions options,
        CancellationToken cancellationToken);
}
