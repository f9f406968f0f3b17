using System.Text;
using Markdig;
using Markdig.Syntax;

namespace Crawl4.Help;

/// <summary>A topic of its own, as text.</summary>
internal static class AboutTopic
{
    // Get-Help shows the file as it is; this fits a window of eighty columns.
    private const int Width = 76;
    private const string Indent = "    ";

    public static string Write(string name, string markdown)
    {
        var blocks = Markdown.Parse(markdown, HelpPageReader.Form);
        if (blocks.OfType<HeadingBlock>().FirstOrDefault() is not { Level: 1 } title
            || PlainText.Of(title.Inline) != name)
        {
            throw new HelpPageException(name + ".md", $"A topic starts with its name: # {name}");
        }

        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(Indent).Append(name).Append('\n');
        foreach (var block in blocks.SkipWhile(block => block != title).Skip(1))
        {
            if (block is HeadingBlock heading)
            {
                var words = PlainText.Of(heading.Inline);
                text.Append(heading.Level == 2 ? "\n" + words.ToUpperInvariant() : "  " + words).Append('\n');
                continue;
            }

            foreach (var paragraph in PlainText.Of([block]))
            {
                Append(text, paragraph);
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, string paragraph)
    {
        foreach (var line in paragraph.Split('\n'))
        {
            // Indented lines are code or a table, which lose their sense when they are broken.
            if (line.StartsWith(Indent, StringComparison.Ordinal))
            {
                text.Append(Indent).Append(line).Append('\n');
            }
            else
            {
                Wrap(text, line);
            }
        }
    }

    private static void Wrap(StringBuilder text, string paragraph)
    {
        var next = paragraph.StartsWith("- ", StringComparison.Ordinal) ? Indent + "  " : Indent;
        var line = new StringBuilder(Indent);
        var gap = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (gap.Length > 0 && line.Length + gap.Length + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(next);
                gap = "";
            }

            line.Append(gap).Append(word);
            gap = " ";
        }

        text.Append(line).Append('\n');
    }
}
