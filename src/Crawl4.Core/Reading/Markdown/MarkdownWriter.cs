using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Media;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes a page as GFM in one walk over its tree. Blocks go to <see cref="MarkdownBlocks"/>, what
/// runs within a line is collected in an <see cref="InlineRun"/> until the line is whole.</summary>
internal sealed partial class MarkdownWriter
{
    private readonly PageContent _page;
    private readonly ReadingOptions _options;
    private readonly MarkdownBlocks _blocks;
    private readonly InlineRun _run;
    private readonly InlineWriter _inline;
    private readonly StringBuilder _line = new();
    private readonly List<LinkTarget> _targets = [];
    private readonly DataTables _tables;
    private readonly LinkRules _rules;
    private readonly MarkdownOptions _style;
    private bool _atItemStart;
    private bool _inOneLine;
    private bool _inCode;

    /// <summary>Characters that spans of tables may still repeat.</summary>
    public int Repeatable;

    private MarkdownWriter(PageContent page, ReadingOptions options, int sourceLength)
    {
        Repeatable = Repetition.Of(page.Urls.SourceLength, TableGrid.MaxRepeatedOfPage);
        _page = page;
        _options = options;
        _blocks = new MarkdownBlocks((sourceLength / 4) + 64);
        _run = new InlineRun(page.Urls.SourceLength);
        _style = MarkdownStyle.Of(options);
        _inline = new InlineWriter(_targets, _style);
        _tables = new DataTables(page);
        _rules = new LinkRules(page, options);
    }

    /// <summary>Writes a page; where only the raw Markdown is asked for, without citations.</summary>
    public static MarkdownResult Write(
        PageContent page, ReadingOptions options, int sourceLength, bool onlyRaw = false)
    {
        var writer = new MarkdownWriter(page, options, sourceLength);
        foreach (var root in page.Roots)
        {
            writer.Node(root);
            writer.EndParagraph();
        }

        var text = writer._blocks.Text;
        _ = text.Length > 0 ? text.Append('\n') : text;
        return MarkedMarkdown.Render(text, writer._targets, writer._style, onlyRaw);
    }

    private void Children(INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            Node(children[index]);
        }
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Node(INode node)
    {
        switch (node)
        {
            case IText text when !_page.IsExcluded(text):
                _run.Text(text.Data, _inCode);
                break;
            case IElement element when !_page.IsExcluded(element):
                Element(element, TagRoles.Of(element));
                break;
            case IDocument:
                Children(node);
                break;
        }
    }

    private void Element(IElement element, TagRole role)
    {
        if (!_inCode && MarkdownStyle.KeepsTag(_style, element, role))
        {
            Raw("<" + element.LocalName + ">");
            Content(element, role);
            Raw("</" + element.LocalName + ">");
        }
        else if (_inCode || !IsNoted(element))
        {
            Content(element, role);
        }
    }

    private void Content(IElement element, TagRole role)
    {
        switch (role)
        {
            case TagRole.Hidden:
                break;
            case TagRole.Inline:
                Children(element);
                break;
            case TagRole.Strong or TagRole.Emphasis or TagRole.Deleted:
                Styled(element, role == TagRole.Strong ? InlineStyle.Strong
                    : role == TagRole.Emphasis ? InlineStyle.Emphasis : InlineStyle.Deleted);
                break;
            case TagRole.Code:
                Code(element);
                break;
            case TagRole.Quoted:
                _run.Text(_style.OpenQuote, _inCode);
                Children(element);
                _run.Text(_style.CloseQuote, _inCode);
                break;
            case TagRole.Link:
                Link(element);
                break;
            case TagRole.Image:
                Image(element);
                break;
            case TagRole.Break:
                Break();
                break;
            case TagRole.Choice:
                _run.Space();
                Children(element);
                _run.Space();
                break;
            default:
                Block(element, role);
                break;
        }
    }

    private void Block(IElement element, TagRole role)
    {
        if (_inOneLine)
        {
            _run.Space();
            Children(element);
            _run.Space();
            return;
        }

        EndParagraph();
        switch (role)
        {
            case TagRole.Heading:
                Heading(element);
                break;
            case TagRole.Rule:
                _blocks.Begin(BlockKind.Rule);

                // Stars below a list's star would be one long rule.
                _blocks.Text.Append(_blocks.InItem ? "___" : "* * *");
                break;
            case TagRole.Preformatted:
                CodeBlock.Write(element, _blocks);
                break;
            case TagRole.UnorderedList or TagRole.OrderedList:
                ListWriter.Write(element, role == TagRole.OrderedList, _blocks, _page, Node, Item,
                    EndParagraph, _style.UlItemMark);
                break;
            case TagRole.Item:
                ListWriter.WriteStray(_blocks, () => Item(element), _style.UlItemMark);
                break;
            case TagRole.Quote:
                Contained(BlockKind.Quote, "> ", "> ", element);
                break;
            case TagRole.Table when MarkdownStyle.KeepsTables(_style):
                TableWriter.WriteHtml(element, _blocks, _page, _options);
                break;
            case TagRole.Table when !_style.IgnoreTables && _tables.IsData(element):
                TableWriter.Write(element, _blocks, this);
                break;
            case TagRole.Term or TagRole.Definition:
                Described(element, role);
                break;
            default:
                Children(element);
                EndParagraph();
                break;
        }
    }

    private void Contained(BlockKind kind, string mark, string prefix, IElement element)
    {
        if (_blocks.Depth >= MarkdownBlocks.MaxContainers)
        {
            Children(element);
            EndParagraph();
            return;
        }

        _blocks.Open(kind, mark, prefix);
        Children(element);
        EndParagraph();
        _blocks.Close();
    }

    private void Item(IElement item)
    {
        _atItemStart = true;
        Children(item);
        EndParagraph();
        _atItemStart = false;
    }

    private void Heading(IElement element)
    {
        InOneLine(element);
        if (!_run.IsEmpty)
        {
            _line.Clear();
            _run.Finish();
            _inline.Write(_run, _line, InlinePlace.Heading);
            _blocks.Begin(BlockKind.Heading);
            _blocks.Text.Append('#', element.LocalName[1] - '0').Append(' ').Append(_line);

            // A heading's last hashes, after a space, would belong to its mark.
            if (_line.Length > 0 && _line[^1] == '#')
            {
                _blocks.Text.Insert(_blocks.Text.Length - 1, '\\');
            }
        }

        _run.Restart(_targets);
    }

    private void InOneLine(IElement element)
    {
        _inOneLine = true;
        Children(element);
        _inOneLine = false;
    }

    /// <summary>The content of a table's cell as one line.</summary>
    public string Cell(IElement cell)
    {
        _run.Restart(_targets);
        InOneLine(cell);
        _run.Finish();
        _line.Clear();
        _inline.Write(_run, _line, InlinePlace.Cell);
        _run.Restart(_targets);
        return _line.ToString();
    }

    public bool PadsTables => _style.PadTables;

    /// <summary>How many characters a cell has.</summary>
    public int WidthOf(string cell) => !cell.Contains('\0', StringComparison.Ordinal) ? cell.Length
        : MarkedMarkdown.Render(cell, _targets, _style, onlyRaw: true).RawMarkdown.Length;

    public bool IsExcluded(INode node) => _page.IsExcluded(node);

    /// <summary>Writes an element's content as blocks of their own.</summary>
    public void Apart(IElement element)
    {
        Children(element);
        EndParagraph();
    }

    private void Styled(IElement element, InlineStyle style)
    {
        if (_inCode || _style.IgnoreEmphasis)
        {
            Children(element);
            return;
        }

        _run.Open(style);
        Children(element);
        _run.Close();
    }

    private void Code(IElement element)
    {
        var outer = _inCode;
        _inCode = true;
        _run.CodeBoundary();
        Children(element);
        _run.CodeBoundary();
        _inCode = outer;
    }

    private void Link(IElement element)
    {
        var url = element.GetAttribute("href") is { } href ? _page.Urls.Resolve(href) : "";
        var scheme = UrlReference.SchemeOf(url);
        if (url.Length == 0 || scheme is "javascript" or "vbscript" or "data"
            || _targets.Count >= MarkedMarkdown.MaxTargets
            || _style.IgnoreLinks || (_style.IgnoreMailtoLinks && scheme == "mailto")
            || (_style.SkipInternalLinks && element.GetAttribute("href")!.AsSpan().Trim().StartsWith("#"))
            || !_rules.KeepsLink(url))
        {
            Children(element);
            return;
        }

        _targets.Add(MarkdownTarget.Link(url, HtmlSpace.Fold(element.GetAttribute("title"))));
        _run.OpenLink(_targets.Count - 1);
        Children(element);
        _run.CloseLink();
    }

    private void Image(IElement element)
    {
        if (_options.ExcludeImages || _style.IgnoreImages || _targets.Count >= MarkedMarkdown.MaxTargets)
        {
            return;
        }

        var alt = HtmlSpace.Fold(element.GetAttribute("alt"));
        alt = alt.Length > 0 ? alt : _style.DefaultImageAlt;
        if (!_style.ImagesToAlt && ImageSource.Of(element, _page.Urls) is { } url)
        {
            if (!_rules.KeepsImage(url))
            {
                return;
            }

            var target = MarkdownTarget.Image(url, HtmlSpace.Fold(element.GetAttribute("title")), alt);
            _targets.Add(target with { Html = ImageHtml.Of(element, url, alt, _style) });
            _run.Image(_targets.Count - 1);
        }
        else
        {
            _run.Text(alt, code: false);
        }
    }

    private void Break()
    {
        if (_inOneLine)
        {
            _run.Space();
        }
        else if (_run.EndsWithBreak)
        {
            EndParagraph();
        }
        else
        {
            _run.Break();
        }
    }

    private void EndParagraph()
    {
        if (_run.IsEmpty)
        {
            // Emphasis and links that were opened for the next line wait on.
            _run.ForgetSpace();
            return;
        }

        _run.Finish();
        _line.Clear();
        _inline.Write(_run, _line, InlinePlace.Paragraph);
        _run.Restart(_targets);
        BeginParagraph();

        if (_atItemStart && _line.Length >= 3 && _line[0] == '[' && _line[2] == ']')
        {
            // Would be a task's box.
            _line.Insert(0, '\\');
        }

        _atItemStart = false;
        MarkdownText.AppendLines(_blocks.Text, LineBreaks.Insert(_line, _style.BodyWidth), _blocks.Prefix);
    }
}
