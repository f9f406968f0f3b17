using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Cleaning;

/// <summary>Finds blocks of text with fewer words than asked for. Headings, tables, code, and blocks that
/// hold blocks, images or players stay.</summary>
internal static class ShortBlocks
{
    public static void AddTo(HashSet<INode> excluded, INode root, int minWords) =>
        Visit(root, minWords, excluded);

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    /// <returns>The words within, and whether there is anything that is not words.</returns>
    private static (int Words, bool HasMore) Visit(INode parent, int minWords, HashSet<INode> excluded)
    {
        var words = 0;
        var hasMore = false;
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IText text)
            {
                words += HtmlSpace.CountWords(text.Data);
                continue;
            }

            if (children[index] is not IElement element || excluded.Contains(element)
                || TagRoles.Of(element) is var role && role == TagRole.Hidden)
            {
                continue;
            }

            if (role is TagRole.Table or TagRole.Preformatted or TagRole.Heading or TagRole.Image
                || element.LocalName is "video" or "audio")
            {
                hasMore = true;
                continue;
            }

            var (within, more) = Visit(element, minWords, excluded);
            words += within;
            hasMore |= more || TagRoles.IsBlock(role);
            if (TagRoles.IsBlock(role) && !more && within < minWords && element.LocalName is not "body")
            {
                excluded.Add(element);
            }
        }

        return (words, hasMore);
    }
}
