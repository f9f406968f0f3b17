using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Chooses emphasis marks that a CommonMark parser takes as meant (its rules of left- and
/// right-flanking delimiter runs), and leaves out those that none could be.</summary>
internal static class Emphasis
{
    /// <summary>What stands for emphasis within a word, where an underscore means itself. Kept in
    /// <see cref="InlineToken.Target"/>.</summary>
    private const int WithinWord = 1;

    public static string Delimiter(in InlineToken token, MarkdownOptions style) => token.Style switch
    {
        InlineStyle.Strong => style.StrongMark == '*' || token.Target == WithinWord ? "**" : "__",
        InlineStyle.Deleted => "~~",
        _ => style.EmphasisMark == '*' || token.Target == WithinWord ? "*" : "_",
    };

    /// <summary>Decides each pair of a run. A pair that cannot work is taken back; a closing mark that has to
    /// move before punctuation gets the number of characters as its length.</summary>
    public static void Settle(InlineRun run, List<int> partner)
    {
        var tokens = CollectionsMarshal.AsSpan(run.Tokens);
        JoinNeighbours(tokens, partner);
        var lastText = -1;
        for (var index = 0; index < tokens.Length; index++)
        {
            if (tokens[index].Kind == InlineKind.Open && partner[index] > index)
            {
                Settle(run, tokens, index, partner[index], lastText);
            }

            lastText = IsMark(tokens[index].Kind) ? lastText : index;
        }
    }

    /// <summary>Emphasis that ends where the same begins again is one.</summary>
    private static void JoinNeighbours(Span<InlineToken> tokens, List<int> partner)
    {
        for (var index = 0; index + 1 < tokens.Length; index++)
        {
            if (tokens[index].Kind == InlineKind.Close && tokens[index + 1].Kind == InlineKind.Open
                && tokens[index].Style == tokens[index + 1].Style
                && partner[index] >= 0 && partner[index + 1] >= 0)
            {
                var open = partner[index];
                var close = partner[index + 1];
                tokens[index].Kind = InlineKind.None;
                tokens[index + 1].Kind = InlineKind.None;
                partner[open] = close;
                partner[close] = open;
            }
        }
    }

    private static void Settle(InlineRun run, Span<InlineToken> tokens, int open, int close, int textBefore)
    {
        var outerBefore = textBefore < 0 ? ' ' : Last(run, tokens[textBefore]);
        var outerAfter = First(run, tokens, close + 1);
        var innerFirst = First(run, tokens, open + 1);
        var innerLastIndex = close - 1;
        while (innerLastIndex > open && IsMark(tokens[innerLastIndex].Kind))
        {
            innerLastIndex--;
        }

        if (innerLastIndex == open)
        {
            Drop(tokens, open, close);
            return;
        }

        var innerLast = Last(run, tokens[innerLastIndex]);
        var withinWord = IsWord(outerBefore) || IsWord(outerAfter);
        var crowded = (open > 0 && tokens[open - 1].Kind is InlineKind.Open or InlineKind.Close)
            || (close + 1 < tokens.Length && tokens[close + 1].Kind is InlineKind.Open or InlineKind.Close);
        if ((IsPunctuation(innerFirst) && IsWord(outerBefore)) || (withinWord && crowded))
        {
            Drop(tokens, open, close);
            return;
        }

        if (IsPunctuation(innerLast) && IsWord(outerAfter))
        {
            var movable = innerLastIndex == close - 1 && tokens[innerLastIndex].Kind == InlineKind.Text
                ? TrailingPunctuation(run.CharactersOf(tokens[innerLastIndex])) : 0;
            if (movable == 0)
            {
                Drop(tokens, open, close);
                return;
            }

            tokens[close].Length = movable;
        }

        tokens[open].Target = tokens[close].Target = withinWord ? WithinWord : 0;
    }

    private static void Drop(Span<InlineToken> tokens, int open, int close)
    {
        tokens[open].Kind = InlineKind.None;
        tokens[close].Kind = InlineKind.None;
    }

    /// <summary>How many characters at the end are punctuation, or zero where nothing would be
    /// left.</summary>
    private static int TrailingPunctuation(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && IsPunctuation(text[^(count + 1)]))
        {
            count++;
        }

        return count == text.Length || char.IsWhiteSpace(text[^(count + 1)]) ? 0 : count;
    }

    private static bool IsMark(InlineKind kind) => kind
        is InlineKind.Open or InlineKind.Close or InlineKind.None;

    private static char Last(InlineRun run, in InlineToken token) => token.Kind switch
    {
        InlineKind.Text => run.CharactersOf(token)[^1],
        InlineKind.Code => '`',
        InlineKind.LinkOpen => '[',
        InlineKind.LinkClose or InlineKind.Image => ')',
        _ => ' ',
    };

    private static char First(InlineRun run, Span<InlineToken> tokens, int from)
    {
        for (var index = from; index < tokens.Length; index++)
        {
            switch (tokens[index].Kind)
            {
                case InlineKind.Text:
                    return run.CharactersOf(tokens[index])[0];
                case InlineKind.Code:
                    return '`';
                case InlineKind.LinkOpen:
                    return '[';
                case InlineKind.LinkClose:
                    return ']';
                case InlineKind.Image:
                    return '!';
                case InlineKind.Space or InlineKind.Break:
                    return ' ';
            }
        }

        return ' ';
    }

    private static bool IsWord(char c) => !char.IsWhiteSpace(c) && !IsPunctuation(c);

    /// <summary>CommonMark 0.31: Unicode's punctuation and symbols.</summary>
    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsSymbol(c);
}
