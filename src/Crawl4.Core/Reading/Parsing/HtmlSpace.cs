using System.Buffers;
using System.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>White space as HTML means it, and text with it folded.</summary>
internal static class HtmlSpace
{
    public const string Characters = " \t\n\f\r";

    public static readonly SearchValues<char> All = SearchValues.Create(Characters);

    /// <summary>With the no-break space, which a reader cannot tell apart.</summary>
    public static readonly SearchValues<char> Foldable = SearchValues.Create(Characters + "\u00a0");

    public static bool Is(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r';

    /// <summary>The text without white space at its ends, and one space for each run of it within.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, 256));
        AppendFolded(folded, text, int.MaxValue);
        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>How many words there are between white space.</summary>
    public static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        while (true)
        {
            var start = text.IndexOfAnyExcept(Foldable);
            if (start < 0)
            {
                return words;
            }

            words++;
            text = text[start..];
            var end = text.IndexOfAny(Foldable);
            if (end < 0)
            {
                return words;
            }

            text = text[end..];
        }
    }

    /// <summary>Appends text folded, so that the whole stays folded and within a length.</summary>
    public static void AppendFolded(StringBuilder target, ReadOnlySpan<char> text, int maxLength)
    {
        while (!text.IsEmpty && target.Length < maxLength)
        {
            var start = text.IndexOfAnyExcept(Foldable);
            if (start != 0 && target.Length > 0 && target[^1] != ' ')
            {
                target.Append(' ');
            }

            if (start < 0)
            {
                return;
            }

            text = text[start..];
            var end = text.IndexOfAny(Foldable);
            var word = end < 0 ? text : text[..end];
            target.Append(word[..Math.Min(word.Length, maxLength - target.Length)]);
            text = text[word.Length..];
        }
    }
}
