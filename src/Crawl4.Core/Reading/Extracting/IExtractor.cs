namespace Crawl4.Core.Reading.Extracting;

/// <summary>Gets data out of a page's content. Safe for use from many threads.</summary>
public interface IExtractor
{
    /// <summary>Names what is extracted and how: equal exactly where two extractors give the same for the same content.
    /// Cached data that carries it is given back as it is.</summary>
    /// <value>Empty: nobody can tell, and data is extracted anew each time.</value>
    string Fingerprint => "";

    /// <summary>Extracts what the content holds.</summary>
    /// <param name="content">HTML for schemas; any text, HTML or Markdown for patterns.</param>
    /// <param name="url">The page's URL, for extractors that say where a value is from. Verbatim.</param>
    /// <param name="cancellationToken">Stops between items.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a schema, selector or
    /// pattern demands too much of this content. The message names it.</exception>
    ExtractedData Extract(string content, string url, CancellationToken cancellationToken);
}
