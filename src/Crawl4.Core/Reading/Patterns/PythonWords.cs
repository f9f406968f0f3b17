namespace Crawl4.Core.Reading.Patterns;

/// <summary>Words as Crawl4AI counts them: what white space parts, where white space is what Python calls so.</summary>
internal static class PythonWords
{
    /// <summary>With the four separators that .NET does not count.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    /// <summary>The words of a text.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || IsSpace(text[at]))
            {
                if (start >= 0)
                {
                    words.Add(text[start..at]);
                    start = -1;
                }
            }
            else if (start < 0)
            {
                start = at;
            }
        }

        return words;
    }

    /// <summary>A text without white space at its ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }
}
