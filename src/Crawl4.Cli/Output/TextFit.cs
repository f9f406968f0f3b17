using System.Text;
using Spectre.Console;

namespace Crawl4.Cli.Output;

/// <summary>Text fitted to columns of a terminal, where a CJK character takes two.</summary>
internal static class TextFit
{
    /// <summary>At most so many columns, the cut shown by an ellipsis.</summary>
    public static string Clip(string text, int columns)
    {
        if (text.GetCellWidth() <= columns)
        {
            return text;
        }

        var clipped = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var width = rune.ToString().GetCellWidth();
            if (used + width > columns - 1)
            {
                break;
            }

            clipped.Append(rune);
            used += width;
        }

        return columns > 0 ? clipped.Append('…').ToString() : "";
    }
}
