using System.Text;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>What the last block of a container was.</summary>
internal enum BlockKind
{
    None,
    Paragraph,
    Heading,
    Code,
    Rule,
    Table,
    Quote,
    Term,
    Definition,

    /// <summary>A further paragraph of a definition.</summary>
    DefinitionParagraph,
    StarItem,
    DashItem,
    DotItem,
    ParenthesisItem,
}

/// <summary>Writes blocks one below the other within list items and quotes: each line gets the prefix of the
/// containers it is in, and the lines between blocks are as many as CommonMark needs. A container's own mark
/// is written with its first block, so that one without content leaves no trace.</summary>
internal sealed class MarkdownBlocks
{
    /// <summary>Containers within containers. Beyond it their content is written as if they were not there:
    /// every line carries the prefixes of all its containers.</summary>
    public const int MaxContainers = 32;

    private readonly StringBuilder _text;
    private readonly Stack<Container> _containers = new();
    private string _prefix = "";
    private string? _mark = "";
    private int _gap;
    private string _gapPrefix = "";
    private BlockKind _last = BlockKind.None;

    public MarkdownBlocks(int expectedLength) => _text = SpareBuilders.Take(expectedLength);

    public StringBuilder Text => _text;

    public string Prefix => _prefix;

    public BlockKind Last => _last;

    public int Depth => _containers.Count;

    public bool InItem => _containers.TryPeek(out var top) && top.Kind >= BlockKind.StarItem;

    /// <summary>True where a container's mark waits for its first block.</summary>
    public bool MarkWaits => _mark is { Length: > 0 };

    /// <summary>Begins a block: the text that follows is its first line.</summary>
    public void Begin(BlockKind kind, bool interrupts = true)
    {
        if (_mark is null)
        {
            Gap(LinesBetween(kind, interrupts), _prefix);
            _text.Append(_prefix);
        }
        else
        {
            Gap(_gap, _gapPrefix);
            _text.Append(_mark);
            _mark = null;
        }

        _last = kind;
    }

    public void NewLine()
    {
        TrimBlanks();
        _text.Append('\n').Append(_prefix);
    }

    /// <summary>Opens a list item or quote.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="mark">What its first line begins with.</param>
    /// <param name="prefix">What its further lines begin with.</param>
    /// <param name="interrupts">False where Markdown would not take it for one right below a
    /// paragraph.</param>
    public void Open(BlockKind kind, string mark, string prefix, bool interrupts = true)
    {
        _containers.Push(new Container(kind, _prefix, _mark, _gap, _gapPrefix, _last, _text.Length));
        if (_mark is null)
        {
            _gap = LinesBetween(kind, interrupts);
            _gapPrefix = _prefix;
            _mark = _prefix + mark;
        }
        else
        {
            _mark += mark;
        }

        _prefix += prefix;
        _last = BlockKind.None;
    }

    /// <summary>Closes it. True where something was written in it.</summary>
    public bool Close()
    {
        var container = _containers.Pop();
        var isWritten = _text.Length > container.Start;
        _prefix = container.Prefix;
        (_mark, _gap, _gapPrefix) = isWritten
            ? (null, 0, "") : (container.Mark, container.Gap, container.GapPrefix);
        _last = isWritten ? container.Kind : container.Last;
        return isWritten;
    }

    private int LinesBetween(BlockKind next, bool interrupts)
    {
        if (_last == BlockKind.None)
        {
            return 0;
        }

        var isTight = (_last == next && next >= BlockKind.StarItem)
            || (_last is BlockKind.Term or BlockKind.Definition && next == BlockKind.Definition)
            || (_last == BlockKind.Paragraph && next >= BlockKind.StarItem && interrupts && InItem);
        return isTight ? 1 : 2;
    }

    private void Gap(int lines, string prefix)
    {
        if (lines == 0)
        {
            return;
        }

        TrimBlanks();
        _text.Append('\n');
        if (lines > 1)
        {
            _text.Append(prefix.AsSpan().TrimEnd(' ')).Append('\n');
        }
    }

    private void TrimBlanks()
    {
        var end = _text.Length;
        while (end > 0 && _text[end - 1] == ' ')
        {
            end--;
        }

        _text.Length = end;
    }

    private readonly record struct Container(
        BlockKind Kind, string Prefix, string? Mark, int Gap, string GapPrefix, BlockKind Last, int Start);
}
