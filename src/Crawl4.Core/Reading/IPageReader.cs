namespace Crawl4.Core.Reading;

/// <summary>Gets the content out of pages. Safe for use from many threads.</summary>
public interface IPageReader
{
    /// <summary>Reads an HTML page.</summary>
    /// <param name="html">The page's decoded HTML.</param>
    /// <param name="baseUrl">What relative URLs are relative to, where the page does not say otherwise.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector cannot be
    /// parsed.</exception>
    ReadPage ReadHtml(string html, string baseUrl, ReadingOptions options, CancellationToken cancellationToken);
    /// <summary>x</summary>
    ReadPage Read(string content, ContentKind kind, string baseUrl, ReadingOptions options, CancellationToken cancellationToken);
}
