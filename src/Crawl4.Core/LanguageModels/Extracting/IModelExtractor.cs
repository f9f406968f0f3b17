using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Gets data out of a page's content by asking a model: the sibling of <see cref="IExtractor"/> for what waits
/// for a network. Safe for use from many threads.</summary>
public interface IModelExtractor
{
    /// <summary>Which form of the page it works on.</summary>
    ExtractionInput Input { get; }

    /// <summary>Sixteen hexadecimal digits that differ where the same content may give something else: model,
    /// instruction, schema and sizes; no address and no key.</summary>
    string Fingerprint { get; }

    /// <summary>Extracts what the content holds. What fails for a piece of it is an item that says so, and does not lose
    /// the others.</summary>
    /// <param name="content">The page in the form of <see cref="Input"/>.</param>
    /// <param name="url">The page's URL.</param>
    /// <param name="cancellationToken">Stops the requests themselves.</param>
    /// <exception cref="Crawl4Exception">No piece at all was answered: the first one's error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<ModelExtraction> ExtractAsync(string content, string url, CancellationToken cancellationToken);
}
