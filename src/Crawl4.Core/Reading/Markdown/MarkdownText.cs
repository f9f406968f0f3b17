using System.Buffers;
using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes text so that Markdown reads it as the same text, with as few backslashes as that
/// takes.</summary>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]<&~!|$\0");

    /// <summary>Appends text.</summary>
    /// <param name="line">What it is appended to.</param>
    /// <param name="text">The text.</param>
    /// <param name="before">The character written before it.</param>
    /// <param name="after">The first character that will follow.</param>
    /// <param name="inLink">True within a link's text, where brackets count.</param>
    /// <param name="place">Where the line stands.</param>
    public static void Append(
        StringBuilder line, ReadOnlySpan<char> text, char before, char after, bool inLink, InlinePlace place)
    {
        var from = 0;
        while (true)
        {
            var at = text[from..].IndexOfAny(Special);
            if (at < 0)
            {
                line.Append(text[from..]);
                return;
            }

            at += from;
            line.Append(text[from..at]);
            var previous = at == 0 ? before : text[at - 1];
            if (text[at] == '$')
            {
                var formula = WrittenFormula.At(text[at..], previous, after);
                formula = IsTakenApart(formula, inLink, place) ? [] : formula;
                AppendFormula(line, formula.IsEmpty ? "$" : formula, place);
                from = at + Math.Max(1, formula.Length);
                continue;
            }

            var rest = text[(at + 1)..];
            if (text[at] == '\0')
            {
                line.Append('\uFFFD');
            }
            else
            {
                _ = NeedsEscape(text[at], previous, rest, after, inLink, place)
                    ? line.Append('\\').Append(text[at]) : line.Append(text[at]);
            }

            from = at + 1;
        }
    }

    /// <summary>A link ends at a bracket, and a cell at a bar behind two backslashes, whatever they are part of.</summary>
    private static bool IsTakenApart(ReadOnlySpan<char> formula, bool inLink, InlinePlace place) =>
        (inLink && formula.ContainsAny('[', ']'))
        || (place == InlinePlace.Cell && formula.Contains("\\|", StringComparison.Ordinal));

    /// <summary>Backslashes would be part of it; only a cell's bars need theirs, which a table takes away again.</summary>
    private static void AppendFormula(StringBuilder line, ReadOnlySpan<char> formula, InlinePlace place)
    {
        var start = line.Length;
        line.Append(formula);
        _ = place == InlinePlace.Cell ? line.Replace("|", "\\|", start, formula.Length) : line;
    }

    private static bool NeedsEscape(
        char c, char previous, ReadOnlySpan<char> rest, char after, bool inLink, InlinePlace place)
    {
        var next = rest.IsEmpty ? after : rest[0];
        return c switch
        {
            '\\' => next is '\n' or ' ' && rest.IsEmpty || IsAsciiPunctuation(next),
            '`' => true,
            '*' => !(char.IsWhiteSpace(previous) && char.IsWhiteSpace(next)),
            '_' => !(IsWord(previous) && IsWord(next))
                && !(char.IsWhiteSpace(previous) && char.IsWhiteSpace(next)),
            '[' => inLink || previous == '!' || next is ' ' or 'x' or 'X' or '^',
            ']' => inLink || next is '(' or '[' or ':',
            '<' => char.IsAsciiLetter(next) || next is '/' or '!' or '?',
            '&' => IsEntity(rest),
            '~' => next == '~' || previous == '~',
            '!' => rest.IsEmpty && after == '[',
            _ => place == InlinePlace.Cell,
        };
    }

    private static bool IsEntity(ReadOnlySpan<char> rest)
    {
        // HTML's longest entity name has 31 letters.
        var end = rest[..Math.Min(rest.Length, 33)].IndexOf(';');
        if (end <= 0)
        {
            return false;
        }

        var name = rest[0] == '#' ? rest[1..end] : rest[..end];
        return !name.IsEmpty && !name.ContainsAnyExcept(AsciiWord);
    }

    /// <summary>What rules and tables' second lines are made of.</summary>
    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create("-*_|: ");

    private static readonly SearchValues<char> AsciiWord =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsAsciiPunctuation(char c) => c < 128 && (char.IsPunctuation(c) || char.IsSymbol(c));

    /// <summary>Appends a finished line's text as one or more lines of a paragraph: what would make a line's
    /// beginning a block of another kind is escaped.</summary>
    public static void AppendLines(StringBuilder target, StringBuilder line, string prefix)
    {
        var text = line.ToString().AsSpan();
        while (true)
        {
            var end = text.IndexOf('\n');
            AppendLine(target, end < 0 ? text : text[..end]);
            if (end < 0)
            {
                return;
            }

            target.Append('\n').Append(prefix);
            text = text[(end + 1)..];
        }
    }

    private static void AppendLine(StringBuilder target, ReadOnlySpan<char> line)
    {
        var at = EscapeAt(line);
        _ = at < 0 ? target.Append(line) : target.Append(line[..at]).Append('\\').Append(line[at..]);
    }

    /// <summary>Where a backslash has to go so that the line begins a paragraph, or -1.</summary>
    private static int EscapeAt(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
        {
            return -1;
        }

        switch (line[0])
        {
            case '#':
                var hashes = line.IndexOfAnyExcept('#');
                return hashes < 0 || (hashes <= 6 && line[hashes] == ' ') ? 0 : -1;
            case '>' or '=':
                return line[0] == '>' || line.TrimEnd(' ').IndexOfAnyExcept('=') < 0 ? 0 : -1;
            case '+' or '-' or '*' when line.Length == 1 || line[1] == ' ':
                return 0;
            case '-' or '*' or '_' or '|' or ':':
                return line.IndexOfAnyExcept(RuleCharacters) < 0 ? 0 : -1;
            case '~':
                return line.StartsWith("~~~", StringComparison.Ordinal) ? 0 : -1;
        }

        var digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and < 10 && line[digits] is '.' or ')'
            && (digits + 1 == line.Length || line[digits + 1] == ' ') ? digits : -1;
    }
}
