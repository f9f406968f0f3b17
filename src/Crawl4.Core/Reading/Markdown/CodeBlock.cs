using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes preformatted text between fences longer than any within it.</summary>
internal static class CodeBlock
{
    public static void Write(IElement element, MarkdownBlocks blocks) =>
        Write(PreformattedText.Of(element), CodeLanguage.Of(element), blocks);

    public static void Write(string code, string language, MarkdownBlocks blocks)
    {
        if (code.AsSpan().Trim(HtmlSpace.Characters).IsEmpty)
        {
            return;
        }

        var fence = Math.Max(3, CodeSpan.LongestRun(code, '`') + 1);
        blocks.Begin(BlockKind.Code);
        var text = blocks.Text;
        text.Append('`', fence).Append(language);
        var rest = code.AsSpan();
        rest = rest[^1] == '\n' ? rest[..^1] : rest;
        foreach (var line in rest.Split('\n'))
        {
            var blank = line.Start.Value == line.End.Value;
            text.Append('\n').Append(blank ? blocks.Prefix.TrimEnd(' ') : blocks.Prefix).Append(rest[line]);
        }

        text.Append('\n').Append(blocks.Prefix).Append('`', fence);
    }
}
