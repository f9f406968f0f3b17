using System.Globalization;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes lists. Two lists in a row get different marks, or Markdown would read one.</summary>
internal static class ListWriter
{
    /// <summary>CommonMark takes numbers of up to nine digits.</summary>
    private const int MaxNumber = 999_999_999;

    public static void Write(
        IElement list,
        bool ordered,
        MarkdownBlocks blocks,
        PageContent page,
        Action<INode> other,
        Action<IElement> item,
        Action endParagraph,
        char mark)
    {
        var kind = ordered
            ? blocks.Last == BlockKind.DotItem ? BlockKind.ParenthesisItem : BlockKind.DotItem
            : blocks.Last == BlockKind.StarItem ? BlockKind.DashItem : BlockKind.StarItem;
        var number = ordered ? Number(list.GetAttribute("start"), 1) : 0;
        var children = list.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is not IElement { LocalName: "li" } element)
            {
                other(children[index]);
                continue;
            }

            if (page.IsExcluded(element))
            {
                continue;
            }

            endParagraph();
            number = ordered ? Number(element.GetAttribute("value"), number) : 0;
            if (Contain(blocks, kind, number, () => item(element), mark))
            {
                number = Math.Min(number + 1, MaxNumber);
            }
        }

        endParagraph();
    }

    /// <summary>An item without a list around it.</summary>
    public static void WriteStray(MarkdownBlocks blocks, Action item, char mark) =>
        Contain(blocks, BlockKind.StarItem, 0, item, mark);

    private static bool Contain(MarkdownBlocks blocks, BlockKind kind, int number, Action item, char listMark)
    {
        if (blocks.Depth >= MarkdownBlocks.MaxContainers)
        {
            item();
            return true;
        }

        var sign = kind switch
        {
            BlockKind.StarItem => listMark + " ",
            BlockKind.DashItem => listMark == '-' ? "* " : "- ",
            BlockKind.DotItem => number.ToString(CultureInfo.InvariantCulture) + ". ",
            _ => number.ToString(CultureInfo.InvariantCulture) + ") ",
        };
        var mark = blocks.InItem ? sign : "  " + sign;
        var interrupts = kind is BlockKind.StarItem or BlockKind.DashItem || number == 1;
        blocks.Open(kind, mark, new string(' ', mark.Length), interrupts);
        item();
        return blocks.Close();
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, MaxNumber) : otherwise;
}
