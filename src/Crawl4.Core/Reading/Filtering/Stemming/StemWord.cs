namespace Crawl4.Core.Reading.Filtering.Stemming;

/// <summary>A word while it is stemmed, with the regions of Snowball's descriptions: endings count only where they lie
/// in the one that a rule names. Letters in upper case are vowels that count as consonants.</summary>
internal class StemWord
{
    private readonly string _vowels;
    private readonly string _text;
    private char[] _letters;

    public StemWord(string text, string vowels)
    {
        _vowels = vowels;
        _text = text;
        _letters = text.ToCharArray();
        Length = _letters.Length;
    }

    public int Length { get; private set; }

    /// <summary>Where R1 begins.</summary>
    public int First { get; set; }

    /// <summary>Where R2 begins.</summary>
    public int Second { get; set; }

    /// <summary>Where RV begins.</summary>
    public int VerbRegion { get; set; }

    public ReadOnlySpan<char> Span => _letters.AsSpan(0, Length);

    /// <summary>The letter at an index, or a blank outside the word.</summary>
    public char this[int index]
    {
        get => index >= 0 && index < Length ? _letters[index] : ' ';
        set => _letters[index] = value;
    }

    /// <summary>The letter before an ending of a length.</summary>
    public char Before(int ending) => this[Length - ending - 1];

    public bool IsVowel(char c) => _vowels.Contains(c, StringComparison.Ordinal);

    public bool IsVowelAt(int index) => IsVowel(this[index]);

    /// <summary>What lies from an index on, nothing where the word is shorter.</summary>
    public ReadOnlySpan<char> From(int start) => Span[Math.Min(start, Length)..];

    /// <summary>What stands before an ending of a length.</summary>
    public ReadOnlySpan<char> Without(int ending) => Span[..Math.Max(0, Length - ending)];

    public bool Ends(string ending) => Span.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>True where an ending lies in a region.</summary>
    public bool Ends(string ending, int region) => Length - ending.Length >= region && Ends(ending);

    /// <summary>True where an ending of a length lies in R1.</summary>
    public bool InFirst(int ending) => Length - ending >= First;

    public bool InSecond(int ending) => Length - ending >= Second;

    public bool InVerbRegion(int ending) => Length - ending >= VerbRegion;

    public bool Cut(int ending)
    {
        Length -= ending;
        return true;
    }

    /// <summary>Cuts off an ending where it lies in a region.</summary>
    public bool Cut(string ending, int region) => Ends(ending, region) && Cut(ending.Length);

    public bool Replace(int ending, string instead)
    {
        Length -= ending;
        if (Length + instead.Length > _letters.Length)
        {
            Array.Resize(ref _letters, Length + instead.Length);
        }

        instead.CopyTo(_letters.AsSpan(Length));
        Length += instead.Length;
        return true;
    }

    /// <summary>Puts R1 and R2 behind the first consonant after a vowel, and the second such place.</summary>
    /// <param name="least">Letters that stand before R1 in any case.</param>
    public void FindRegions(int least = 0)
    {
        First = After(0);
        Second = After(First);
        First = Math.Max(First, Math.Min(least, Length));
    }

    /// <summary>The index behind the first consonant that follows a vowel.</summary>
    public int After(int from)
    {
        for (var index = from + 1; index < Length; index++)
        {
            if (!IsVowelAt(index) && IsVowelAt(index - 1))
            {
                return index + 1;
            }
        }

        return Length;
    }

    /// <summary>The index behind the first vowel, or the first consonant, from an index on.</summary>
    public int Behind(bool vowel, int from)
    {
        for (var index = from; index < Length; index++)
        {
            if (IsVowelAt(index) == vowel)
            {
                return index + 1;
            }
        }

        return Length;
    }

    /// <summary>RV as Spanish, Italian and Portuguese have it.</summary>
    public void FindRomanceVerbRegion() => VerbRegion = Length < 2 ? Length
        : !IsVowelAt(1) ? Behind(vowel: true, 2)
        : IsVowelAt(0) ? Behind(vowel: false, 2)
        : Math.Min(3, Length);

    /// <summary>Takes the mark off letters.</summary>
    public void Swap(string letters, string instead)
    {
        for (var index = 0; index < Length; index++)
        {
            var at = letters.IndexOf(_letters[index], StringComparison.Ordinal);
            _letters[index] = at < 0 ? _letters[index] : instead[at];
        }
    }

    public override string ToString() => Span.SequenceEqual(_text) ? _text : new(_letters, 0, Length);
}
