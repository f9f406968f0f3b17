namespace Crawl4.Core.Reading.Markdown;

/// <summary>Where a link or image of the Markdown leads.</summary>
/// <param name="Url">The absolute URL.</param>
/// <param name="Title">The title, white space folded.</param>
/// <param name="Alt">An image's alternative text. Null for a link.</param>
/// <param name="Html">HTML to write instead. Null for Markdown.</param>
internal sealed record LinkTarget(string Url, string Title, string? Alt, string? Html = null)
{
    public bool IsImage => Alt is not null;
}
