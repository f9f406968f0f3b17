namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>A word while it is stemmed, with the regions R1 and R2 of Porter's description. A y that is a
/// consonant is written Y.</summary>
internal sealed class EnglishWord
{
    private readonly char[] _letters;
    private readonly int _first;
    private readonly int _second;

    /// <summary>A word.</summary>
    /// <param name="text">The word in lower case.</param>
    /// <param name="firstRegion">Where R1 begins, or zero to find out.</param>
    public EnglishWord(string text, int firstRegion)
    {
        // One more: a letter may be added.
        _letters = new char[text.Length + 1];
        text.CopyTo(_letters);
        Length = text.Length;
        for (var index = 0; index < Length; index++)
        {
            if (_letters[index] == 'y' && (index == 0 || IsVowel(_letters[index - 1])))
            {
                _letters[index] = 'Y';
            }
        }

        _first = firstRegion > 0 ? firstRegion : RegionAfter(0);
        _second = RegionAfter(_first);
    }

    public int Length { get; private set; }

    public char this[Index index] => _letters[index.GetOffset(Length)];

    public static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    public bool Ends(string ending) => _letters.AsSpan(0, Length).EndsWith(ending, StringComparison.Ordinal);

    /// <summary>True where an ending of a length lies in R1.</summary>
    public bool InFirst(int length) => Length - length >= _first;

    /// <summary>True where it lies in R2.</summary>
    public bool InSecond(int length) => Length - length >= _second;

    public bool Cut(int length)
    {
        Length -= length;
        return true;
    }

    public void Add(char letter) => _letters[Length++] = letter;

    public void Replace(int length, string instead)
    {
        Length -= length;
        foreach (var letter in instead)
        {
            Add(letter);
        }
    }

    /// <summary>True where one of the first letters, as many as given, is a vowel.</summary>
    public bool HasVowel(int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (IsVowel(_letters[index]))
            {
                return true;
            }
        }

        return false;
    }

    public bool EndsDouble() => Length > 1 && _letters[Length - 1] == _letters[Length - 2]
        && "bdfgmnprt".Contains(_letters[Length - 1], StringComparison.Ordinal);

    /// <summary>True where the word is one short syllable at its end and R1 is empty.</summary>
    public bool IsShort() => _first >= Length && IsShortSyllable(Length);

    /// <summary>True where the letters up to <paramref name="end"/> end in a short syllable.</summary>
    public bool IsShortSyllable(int end)
    {
        if (end < 2 || IsVowel(_letters[end - 1]) || !IsVowel(_letters[end - 2]))
        {
            return false;
        }

        return end == 2 || (!IsVowel(_letters[end - 3]) && _letters[end - 1] is not ('w' or 'x' or 'Y'));
    }

    public override string ToString() => new string(_letters, 0, Length).Replace('Y', 'y');

    /// <summary>The part after the first consonant that follows a vowel.</summary>
    private int RegionAfter(int from)
    {
        for (var index = from + 1; index < Length; index++)
        {
            if (!IsVowel(_letters[index]) && IsVowel(_letters[index - 1]))
            {
                return index + 1;
            }
        }

        return Length;
    }
}
