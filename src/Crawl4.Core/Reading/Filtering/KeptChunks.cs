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

        excluded.EnsureCapacity(excluded.Count + ((chunks.Count - kept.Count) / 2));
        var roots = new HashSet<INode>(page.Roots, ReferenceEqualityComparer.Instance);
        foreach (var chunk in chunks)
        {
            if (!kept.Contains(chunk) && !ExcludeEmptied(chunk, roots, aroundKept, excluded))
            {
                excluded.UnionWith(chunk.Nodes);
            }
        }
    }

    /// <summary>A link or a list of which nothing is kept goes with its content. False where something beside the block
    /// is kept.</summary>
    private static bool ExcludeEmptied(
        TextChunk chunk, HashSet<INode> roots, HashSet<INode> aroundKept, HashSet<INode> excluded)
    {
        var node = chunk.Nodes[0];
        var isEmptied = false;
        while (!roots.Contains(node) && node.Parent is IElement parent && !aroundKept.Contains(parent))
        {
            isEmptied = true;
            if (!excluded.Add(parent))
            {
                break;
            }

            node = parent;
        }

        return isEmptied;
    }
}
