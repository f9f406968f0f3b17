namespace Crawl4.Core.Reading.Clustering;

/// <summary>The texts of a page that are clustered, sorted, so that clusters depend on what the page says and not on
/// where.</summary>
internal sealed class PageTexts
{
    /// <summary>Their distances take 8 MB, and a fraction of a second. Of pages with more paragraphs neighbours are
    /// joined first.</summary>
    public const int MaxTexts = 2_000;

    private readonly int[] _positions;

    public PageTexts(string content)
    {
        var paragraphs = Paragraphs.AtMost(Paragraphs.Of(content, joinsHeadings: true), MaxTexts);
        _positions = [.. Enumerable.Range(0, paragraphs.Count)
            .OrderBy(each => paragraphs[each], StringComparer.Ordinal).ThenBy(each => each)];
        Sorted = [.. _positions.Select(each => paragraphs[each])];
    }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Sorted { get; }

    /// <summary>Where a text is on the page.</summary>
    public int PositionOf(int text) => _positions[text];
}
