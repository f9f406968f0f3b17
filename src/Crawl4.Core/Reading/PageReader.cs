namespace Crawl4.Core.Reading;

/// <summary>Reads pages with AngleSharp.</summary>
public sealed class PageReader : IPageReader
{
    /// <inheritdoc/>
    public ReadPage ReadHtml(string html, string baseUrl, ReadingOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
