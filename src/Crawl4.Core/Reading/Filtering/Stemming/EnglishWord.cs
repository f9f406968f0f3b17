namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>An English word while it is stemmed. A y that is a consonant is written Y.</summary>
internal sealed class EnglishWord : StemWord
{
    /// <summary>A word.</summary>
    /// <param name="text">The word in lower case.</param>
    /// <param name="beginnings">What R1 begins behind where a word begins with it.</param>
    public EnglishWord(string text, string[] beginnings)
        : base(text, "aeiouy")
    {
        for (var index = 0; index < Length; index++)
        {
            if (this[index] == 'y' && (index == 0 || IsVowelAt(index - 1)))
            {
                this[index] = 'Y';
            }
        }

        FindRegions();
        foreach (var beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                First = beginning.Length;
                Second = After(First);
                break;
            }
        }
    }

    /// <summary>True where one of the first letters, as many as given, is a vowel.</summary>
    public bool HasVowel(int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (IsVowelAt(index))
            {
                return true;
            }
        }

        return false;
    }

    public bool EndsDouble() => Length > 1 && this[Length - 1] == this[Length - 2]
        && "bdfgmnprt".Contains(this[Length - 1], StringComparison.Ordinal);

    /// <summary>True where the word is one short syllable at its end and R1 is empty.</summary>
    public bool IsShort() => First >= Length && IsShortSyllable(Length);

    /// <summary>True where the letters up to <paramref name="end"/> end in a short syllable.</summary>
    public bool IsShortSyllable(int end)
    {
        if (end < 2 || IsVowelAt(end - 1) || !IsVowelAt(end - 2))
        {
            return end == 4 && Span[..end].SequenceEqual("past");
        }

        return end == 2 || (!IsVowelAt(end - 3) && this[end - 1] is not ('w' or 'x' or 'Y'))
            || (end == 4 && Span[..end].SequenceEqual("past"));
    }
}
