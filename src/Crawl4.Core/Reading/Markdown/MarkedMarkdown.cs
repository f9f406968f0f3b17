using System.Buffers;
using System.Globalization;
using System.Text;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Markdown in which links and images are marks, and what is made of it in one pass: the plain
/// Markdown, the one with citations in Crawl4AI's form, and the references. A mark is a NUL, a letter and two
/// characters that count; text never holds a NUL, and code has no marks.</summary>
internal static class MarkedMarkdown
{
    /// <summary>Characters of a link's text that a reference repeats.</summary>
    private const int MaxReferenceText = 500;

    private const char Nul = '\0';

    /// <summary>Targets are counted in two characters from here on, none of which means anything to Markdown.
    /// </summary>
    private const char DigitZero = '\u4000';

    private const int DigitBits = 14;

    private const int DigitMask = (1 << DigitBits) - 1;

    /// <summary>More links and images than this cannot be counted. No page comes near.</summary>
    public const int MaxTargets = 1 << (2 * DigitBits - 1);

    public static void Mark(StringBuilder line, InlineKind kind, int target) => line
        .Append(Nul)
        .Append(kind switch { InlineKind.LinkOpen => 'L', InlineKind.LinkClose => 'E', _ => 'I' })
        .Append((char)((target >> DigitBits) + DigitZero))
        .Append((char)((target & DigitMask) + DigitZero));

    /// <summary>Makes Markdown of a whole page's marked Markdown, without making a text of it first, and gives its builder
    /// back.</summary>
    public static MarkdownResult Render(
        StringBuilder marked, IReadOnlyList<LinkTarget> targets, MarkdownOptions style, bool onlyRaw)
    {
        var letters = ArrayPool<char>.Shared.Rent(marked.Length);
        var length = marked.Length;
        marked.CopyTo(0, letters, length);
        SpareBuilders.GiveBack(marked);
        var result = Render(letters.AsSpan(0, length), targets, style, onlyRaw);
        ArrayPool<char>.Shared.Return(letters);
        return result;
    }

    /// <summary>Makes Markdown of marked Markdown.</summary>
    /// <param name="marked">The marked Markdown.</param>
    /// <param name="targets">Where its links and images lead.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="onlyRaw">True for who has no use for citations.</param>
    public static MarkdownResult Render(
        ReadOnlySpan<char> marked, IReadOnlyList<LinkTarget> targets, MarkdownOptions style, bool onlyRaw = false)
    {
        var definitions = style.InlineLinks ? null : new LinkDefinitions();
        var plain = SpareBuilders.Take(marked.Length + (targets.Count * 64));
        var cited = SpareBuilders.Take(onlyRaw ? 16 : marked.Length + (targets.Count * 4));
        var references = new References();
        var linkStart = -1;
        while (true)
        {
            var at = marked.IndexOf(Nul);
            var text = at < 0 ? marked : marked[..at];
            plain.Append(text);
            _ = onlyRaw ? cited : cited.Append(text);
            if (at < 0)
            {
                break;
            }

            var target = targets[((marked[at + 2] - DigitZero) << DigitBits) | (marked[at + 3] - DigitZero)];
            switch (marked[at + 1])
            {
                case 'L':
                    plain.Append('[');
                    linkStart = plain.Length;
                    break;
                case 'E':
                    if (!onlyRaw)
                    {
                        cited.Append('⟨').Append(references.Number(target, plain, linkStart)).Append('⟩');
                    }

                    plain.Append(']');
                    AppendTarget(plain, target, style, definitions);
                    linkStart = -1;
                    break;
                case 'I' when target.Html is not null:
                    plain.Append(target.Html);
                    _ = onlyRaw ? cited : cited.Append(target.Html);
                    break;
                default:
                    var start = plain.Length;
                    plain.Append("![").Append(target.Alt).Append(']');
                    AppendTarget(plain, target, style, definitions);
                    if (onlyRaw)
                    {
                        break;
                    }

                    if (linkStart >= 0)
                    {
                        cited.Append(plain, start, plain.Length - start);
                        break;
                    }

                    cited.Append("![").Append(target.Alt).Append('⟨')
                        .Append(references.Number(target, target.Alt!)).Append("⟩]");
                    break;
            }

            marked = marked[(at + 4)..];
        }

        definitions?.AppendTo(plain);
        if (onlyRaw)
        {
            SpareBuilders.GiveBack(cited);
            return new MarkdownResult(SpareBuilders.Finish(plain), "", "", "", "");
        }

        return new MarkdownResult(
            SpareBuilders.Finish(plain), SpareBuilders.Finish(cited), references.ToString(), "", "");
    }

    private static void AppendTarget(
        StringBuilder plain, LinkTarget target, MarkdownOptions style, LinkDefinitions? definitions)
    {
        if (definitions is not null)
        {
            plain.Append('[').Append(definitions.Number(target)).Append(']');
            return;
        }

        plain.Append('(');
        _ = style.ProtectLinks ? plain.Append('<').Append(target.Url).Append('>') : plain.Append(target.Url);
        if (target.Title.Length > 0)
        {
            plain.Append(" \"").Append(target.Title).Append('"');
        }

        plain.Append(')');
    }

    /// <summary>The numbered references, by first appearance of their URL.</summary>
    private sealed class References
    {
        private readonly StringBuilder _text = new("\n\n## References\n\n");
        private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

        /// <summary>The number of a link whose text is the end of the Markdown.</summary>
        public string Number(LinkTarget target, StringBuilder plain, int start) =>
            _numbers.TryGetValue(target.Url, out var number) ? number
                : Number(target, plain.ToString(start, Math.Min(plain.Length - start, MaxReferenceText)));

        public string Number(LinkTarget target, string text)
        {
            if (_numbers.TryGetValue(target.Url, out var number))
            {
                return number;
            }

            number = (_numbers.Count + 1).ToString(CultureInfo.InvariantCulture);
            _numbers.Add(target.Url, number);
            var words = new[] { target.Title, text.Replace('\n', ' ').Trim() }.Where(part => part.Length > 0);
            _text.Append('⟨').Append(number).Append("⟩ ").Append(target.Url);
            var described = string.Join(" - ", words);
            _ = described.Length > 0 ? _text.Append(": ").Append(described).Append('\n') : _text.Append('\n');
            return number;
        }

        public override string ToString() => _text.ToString();
    }
}
