namespace Crawl4.Core.Reading.Clustering;

/// <summary>Texts as vectors of length 1.</summary>
internal interface ITextSpace
{
    /// <summary>The cosines of a text and all texts before it.</summary>
    void Cosines(int text, Span<float> cosines);
}
