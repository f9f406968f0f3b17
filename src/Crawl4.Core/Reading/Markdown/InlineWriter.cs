using System.Runtime.InteropServices;
using System.Text;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes a collected line as Markdown. Links and images are written as marks around their text, so
/// that one pass later makes the plain Markdown and the one with citations of it (<see
/// cref="MarkedMarkdown"/>). </summary>
internal sealed class InlineWriter(IReadOnlyList<LinkTarget> targets, MarkdownOptions style)
{
    private readonly List<int> _partner = [];
    private readonly Stack<int> _opened = new();
    private StringBuilder _line = new();

    /// <summary>Writes a run.</summary>
    /// <param name="run">The run, finished.</param>
    /// <param name="line">Where it is written to.</param>
    /// <param name="place">Where in the document it stands.</param>
    public void Write(InlineRun run, StringBuilder line, InlinePlace place)
    {
        _line = line;
        PairUp(CollectionsMarshal.AsSpan(run.Tokens));
        Emphasis.Settle(run, _partner);
        var tokens = CollectionsMarshal.AsSpan(run.Tokens);
        for (var index = 0; index < tokens.Length; index++)
        {
            ref var token = ref tokens[index];
            switch (token.Kind)
            {
                case InlineKind.Text:
                    index = Text(run, tokens, index, place);
                    break;
                case InlineKind.Space:
                    line.Append(' ');
                    break;
                case InlineKind.Code:
                    CodeSpan.Append(line, run.CharactersOf(token), place == InlinePlace.Cell);
                    break;
                case InlineKind.Break:
                    line.Append(place == InlinePlace.Paragraph ? "  \n" : " ");
                    break;
                case InlineKind.Open or InlineKind.Close:
                    line.Append(Emphasis.Delimiter(token, style));
                    break;
                default:
                    index = Link(run, tokens, index);
                    break;
            }
        }
    }

    private void PairUp(ReadOnlySpan<InlineToken> tokens)
    {
        _partner.Clear();
        _opened.Clear();
        for (var index = 0; index < tokens.Length; index++)
        {
            _partner.Add(-1);
            if (tokens[index].Kind == InlineKind.Open)
            {
                _opened.Push(index);
            }
            else if (tokens[index].Kind == InlineKind.Close && _opened.TryPop(out var open))
            {
                _partner[index] = open;
                _partner[open] = index;
            }
        }
    }

    /// <summary>Writes text, and the emphasis that ends before its last characters where a mark after
    /// punctuation could not end it. Returns the index of the last token written.</summary>
    private int Text(InlineRun run, ReadOnlySpan<InlineToken> tokens, int index, InlinePlace place)
    {
        var text = run.CharactersOf(tokens[index]);
        var before = _line.Length == 0 ? '\n' : _line[^1];
        var next = index + 1 < tokens.Length ? tokens[index + 1] : default;
        var inLink = InLink(tokens, index);
        if (next.Kind == InlineKind.Close && next.Length > 0)
        {
            MarkdownText.Append(_line, text[..^next.Length], before, 'x', inLink, place);
            _line.Append(Emphasis.Delimiter(next, style));
            MarkdownText.Append(_line, text[^next.Length..], 'x', ' ', inLink, place);
            return index + 1;
        }

        var after = next.Kind switch
        {
            InlineKind.LinkOpen => '[',
            InlineKind.Image => '!',
            InlineKind.Text or InlineKind.Code or InlineKind.Open or InlineKind.Close => '*',
            _ => ' ',
        };
        MarkdownText.Append(_line, text, before, after, inLink, place);
        return index;
    }

    private static bool InLink(ReadOnlySpan<InlineToken> tokens, int index)
    {
        for (var near = index - 1; near >= 0 && near > index - 64; near--)
        {
            if (tokens[near].Kind is InlineKind.LinkOpen or InlineKind.LinkClose)
            {
                return tokens[near].Kind == InlineKind.LinkOpen;
            }
        }

        return index >= 64;
    }

    private int Link(InlineRun run, ReadOnlySpan<InlineToken> tokens, int index)
    {
        var token = tokens[index];
        if (style.UseAutomaticLinks && token.Kind == InlineKind.LinkOpen && index + 2 < tokens.Length
            && tokens[index + 1].Kind == InlineKind.Text && tokens[index + 2].Kind == InlineKind.LinkClose
            && targets[token.Target] is { Title: "" } target
            && run.CharactersOf(tokens[index + 1]).SequenceEqual(target.Url)
            && target.Url.StartsWith("http", StringComparison.Ordinal))
        {
            _line.Append('<').Append(target.Url).Append('>');
            return index + 2;
        }

        if (token.Kind is InlineKind.LinkOpen or InlineKind.LinkClose or InlineKind.Image)
        {
            MarkedMarkdown.Mark(_line, token.Kind, token.Target);
        }

        return index;
    }
}

/// <summary>Where a line of text stands, which decides what has to be escaped.</summary>
internal enum InlinePlace
{
    /// <summary>Lines may break.</summary>
    Paragraph,

    /// <summary>One line.</summary>
    Heading,

    /// <summary>One line without bare pipes.</summary>
    Cell,
}
