using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Filtering;

/// <summary>Leaves out the blocks of a page that were not kept, and what only held these.</summary>
internal static class KeptChunks
{
    /// <summary>Adds the nodes that are left out.</summary>
    public static void Exclude(
        PageContent page, IReadOnlyList<TextChunk> chunks, IReadOnlySet<TextChunk> kept, HashSet<INode> excluded)
    {
        var aroundKept = new HashSet<INode>(ReferenceEqualityComparer.Instance);
        foreach (var chunk in kept)
        {
            for (var parent = chunk.Nodes[0].Parent; parent is not null && aroundKept.Add(parent); parent = parent.Parent)
            {
            }
        }

        foreach (var chunk in chunks)
        {
            if (!kept.Contains(chunk))
            {
                excluded.UnionWith(chunk.Nodes);
                ExcludeEmptied(page, chunk, aroundKept, excluded);
            }
        }
    }

    /// <summary>A link or a list of which nothing is kept goes with its content.</summary>
    private static void ExcludeEmptied(
        PageContent page, TextChunk chunk, HashSet<INode> aroundKept, HashSet<INode> excluded)
    {
        var parent = page.Roots.Contains(chunk.Nodes[0]) ? null : chunk.Nodes[0].Parent;
        while (parent is IElement && !aroundKept.Contains(parent) && excluded.Add(parent) && !page.Roots.Contains(parent))
        {
            parent = parent.Parent;
        }
    }
}
