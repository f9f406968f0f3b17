using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>A block of a page's text.</summary>
/// <param name="Owner">The element whose text it is.</param>
/// <param name="Nodes">The nodes that make it up, side by side: the owner, or a stretch of what is in
/// it.</param>
/// <param name="Table">The table that it is a row of, or null.</param>
internal sealed record TextChunk(IElement Owner, IReadOnlyList<INode> Nodes, IElement? Table);
