using Crawl4.Core.Reading.Patterns;

namespace Crawl4.Core.Reading.Chunking;

/// <summary>A place where a text may be cut.</summary>
/// <param name="At">Where what follows begins.</param>
/// <param name="Strength">How good a place it is.</param>
/// <param name="Tokens">Tokens before it, estimated.</param>
internal readonly record struct TokenCut(int At, CutStrength Strength, double Tokens);

/// <summary>How good a place for a cut is.</summary>
internal enum CutStrength
{
    /// <summary>Within a word that is too long.</summary>
    Word,

    /// <summary>Between words.</summary>
    Space,

    /// <summary>Between lines, or between tags.</summary>
    Line,

    /// <summary>At an empty line.</summary>
    Paragraph,

    /// <summary>Before a heading.</summary>
    Heading,
}

/// <summary>Finds the places where a text may be cut, and estimates the tokens between them.</summary>
internal static class TokenCuts
{
    /// <summary>Longer words may be cut: data, or text without spaces.</summary>
    private const int MaxWord = 64;

    /// <summary>Of most tokenizers, for Latin script.</summary>
    private const double CharactersPerToken = 4;

    /// <summary>All places in order; the first is the text's start, the last its end.</summary>
    public static List<TokenCut> Of(string text, double wordTokenRate)
    {
        var cuts = new List<TokenCut>();
        var tokens = 0d;
        var at = 0;
        while (at < text.Length)
        {
            var strength = SkipSpace(text, ref at);
            if (at == text.Length)
            {
                break;
            }

            cuts.Add(new TokenCut(cuts.Count == 0 ? 0 : at, strength, tokens));
            tokens += Word(text, ref at, wordTokenRate);
            while (at < text.Length && !PythonWords.IsSpace(text[at]))
            {
                var isTag = text[at] == '<' && text[at - 1] == '>';
                cuts.Add(new TokenCut(at, isTag ? CutStrength.Line : CutStrength.Word, tokens));
                tokens += Word(text, ref at, wordTokenRate);
            }
        }

        cuts.Add(new TokenCut(text.Length, CutStrength.Heading, tokens));
        return cuts;
    }

    private static CutStrength SkipSpace(string text, ref int at)
    {
        var lines = 0;
        while (at < text.Length && PythonWords.IsSpace(text[at]))
        {
            lines += text[at] == '\n' ? 1 : 0;
            at++;
        }

        return lines switch
        {
            0 => CutStrength.Space,
            _ when at < text.Length && text[at] == '#' => CutStrength.Heading,
            1 => CutStrength.Line,
            _ => CutStrength.Paragraph,
        };
    }

    /// <summary>Passes a word, or as much of it as may not be cut, and gives its tokens.</summary>
    private static double Word(string text, ref int at, double wordTokenRate)
    {
        var start = at;
        var whole = 0;
        do
        {
            whole += IsToken(text[at]) ? 1 : 0;
            at++;
        }
        while (at < text.Length && !PythonWords.IsSpace(text[at])
            && (at - start < MaxWord || char.IsLowSurrogate(text[at]))
            && !(text[at] == '<' && text[at - 1] == '>'));
        var rest = at - start - whole;
        return whole + (rest == 0 ? 0 : Math.Max(wordTokenRate, rest / CharactersPerToken));
    }

    /// <summary>Kana, Chinese characters and Hangul; Thai, Lao and Khmer.</summary>
    private static bool IsToken(char c) => c
        is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7af')
        or (>= '\uf900' and <= '\ufaff') or (>= '\u0e00' and <= '\u0eff') or (>= '\u1780' and <= '\u17ff');
}
