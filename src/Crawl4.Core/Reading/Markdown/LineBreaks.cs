using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Breaks a paragraph's lines at blanks. Markdown reads such a break as a blank.</summary>
internal static class LineBreaks
{
    /// <summary>The characters of a mark that stands for a link (<see cref="MarkedMarkdown"/>).</summary>
    private const int MarkLength = 4;

    /// <summary>Breaks lines in place.</summary>
    /// <param name="line">The lines.</param>
    /// <param name="width">How many characters a line has at most, where it has blanks; 0 for no limit.</param>
    public static StringBuilder Insert(StringBuilder line, int width)
    {
        var text = width > 0 ? line.ToString() : "";
        var column = 0;
        var blank = -1;
        var columnAtBlank = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0')
            {
                index += MarkLength - 1;
                continue;
            }

            column++;
            if (text[index] == '\n')
            {
                (column, blank) = (0, -1);
            }
            else if (IsAlone(text, index))
            {
                (blank, columnAtBlank) = (index, column);
            }
            else if (column > width && blank >= 0)
            {
                line[blank] = '\n';
                (column, blank) = (column - columnAtBlank, -1);
            }
        }

        return line;
    }

    /// <summary>True for a blank within a line. Two at a line's end are a break that the page has.</summary>
    private static bool IsAlone(string text, int index) => text[index] == ' '
        && index > 0 && text[index - 1] is not (' ' or '\n')
        && index + 1 < text.Length && text[index + 1] is not (' ' or '\n');
}
