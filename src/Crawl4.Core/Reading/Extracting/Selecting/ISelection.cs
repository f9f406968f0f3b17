using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>A compiled selector.</summary>
internal interface ISelection
{
    /// <summary>What it finds within a node, in document order.</summary>
    IEnumerable<Selected> Find(INode scope, ExtractionPage page);
}
