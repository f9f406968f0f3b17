using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crawl4.Help;

/// <summary>Markdown as the plain text that Get-Help shows.</summary>
internal static class PlainText
{
    /// <summary>Each block as one paragraph; code keeps its lines and is indented.</summary>
    public static IEnumerable<string> Of(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ListBlock list:
                    foreach (var item in Items(list))
                    {
                        yield return item;
                    }

                    break;
                case Table table:
                    yield return Of(table);
                    break;
                case CodeBlock code:
                    yield return Indent(CodeOf(code));
                    break;
                case LeafBlock leaf:
                    yield return Of(leaf.Inline);
                    break;
                case ContainerBlock container:
                    foreach (var inner in Of(container))
                    {
                        yield return inner;
                    }

                    break;
            }
        }
    }

    /// <summary>The lines of a code block.</summary>
    public static string CodeOf(CodeBlock code) => code.Lines.ToString().TrimEnd();

    /// <summary>The text of what stands in one line.</summary>
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline link => Of(link),
                ContainerInline container => Of(container),
                _ => "",
            });
        }

        return text.ToString();
    }

    // Pages of this folder are named by their title; what leads elsewhere shows where.
    private static string Of(LinkInline link) =>
        Of((ContainerInline)link) is var text && link.Url is { } url && url.Contains("://", StringComparison.Ordinal)
            ? $"{text} ({url})"
            : text;

    private static IEnumerable<string> Items(ListBlock list)
    {
        var number = 1;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            var bullet = list.IsOrdered ? $"{number++}. " : "- ";
            yield return bullet + string.Join("\n", Of(item));
        }
    }

    private static string Of(Table table)
    {
        var rows = table.Cast<TableRow>()
            .Select(row => row.Cast<TableCell>().Select(cell => string.Join(" ", Of(cell))).ToArray())
            .ToArray();
        var widths = Enumerable.Range(0, rows.Max(row => row.Length))
            .Select(column => rows.Max(row => column < row.Length ? row[column].Length : 0))
            .ToArray();
        return Indent(string.Join("\n", rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())));
    }

    private static string Indent(string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
