using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Media;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes a page as GFM in one walk over its tree. Blocks go to <see cref="MarkdownBlocks"/>, what
/// runs within a line is collected in an <see cref="InlineRun"/> until the line is whole.</summary>
internal sealed class MarkdownWriter
{
    private readonly PageContent _page;
    private readonly ReadingOptions _options;
    private readonly MarkdownBlocks _blocks;
    private readonly InlineRun _run = new();
    private readonly InlineWriter _inline;
    private readonly StringBuilder _line = new();
    private readonly List<LinkTarget> _targets = [];
    private readonly DataTables _tables;
    private readonly string _siteDomain;
    private BlockKind _paragraph = BlockKind.Paragraph;
    private bool _atItemStart;
    private bool _inOneLine;
    private bool _inCode;

    private MarkdownWriter(PageContent page, ReadingOptions options, int expectedLength)
    {
        _page = page;
        _options = options;
        _blocks = new MarkdownBlocks(expectedLength);
        _inline = new InlineWriter(_targets);
        _tables = new DataTables(page);
        _siteDomain = RegistrableDomain.Of(UrlParts.Of(page.PageUrl).Host);
    }

    public static MarkdownResult Write(PageContent page, ReadingOptions options, int sourceLength)
    {
        var writer = new MarkdownWriter(page, options, (sourceLength / 4) + 64);
        foreach (var root in page.Roots)
        {
            writer.Node(root);
            writer.EndParagraph();
        }

        var text = writer._blocks.Text;
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        return MarkedMarkdown.Render(text.ToString(), writer._targets);
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
        switch (role)
        {
            case TagRole.Hidden:
                break;
            case TagRole.Inline:
                Children(element);
                break;
            case TagRole.Strong:
                Styled(element, InlineStyle.Strong);
                break;
            case TagRole.Emphasis:
                Styled(element, InlineStyle.Emphasis);
                break;
            case TagRole.Deleted:
                Styled(element, InlineStyle.Deleted);
                break;
            case TagRole.Code:
                Code(element);
                break;
            case TagRole.Quoted:
                _run.Text("\"", _inCode);
                Children(element);
                _run.Text("\"", _inCode);
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
                Preformatted(element);
                break;
            case TagRole.UnorderedList or TagRole.OrderedList:
                ListWriter.Write(element, role == TagRole.OrderedList, _blocks, _page, Node, Item,
                    EndParagraph);
                break;
            case TagRole.Item:
                ListWriter.WriteStray(_blocks, () => Item(element));
                break;
            case TagRole.Quote:
                Contained(BlockKind.Quote, "> ", "> ", element);
                break;
            case TagRole.Table when _tables.IsData(element):
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

        _run.Restart();
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
        _run.Restart();
        InOneLine(cell);
        _run.Finish();
        _line.Clear();
        _inline.Write(_run, _line, InlinePlace.Cell);
        _run.Restart();
        return _line.ToString();
    }

    public bool IsExcluded(INode node) => _page.IsExcluded(node);

    /// <summary>Writes an element's content as blocks of their own.</summary>
    public void Apart(IElement element)
    {
        Children(element);
        EndParagraph();
    }

    private void Preformatted(IElement element)
    {
        var code = PreformattedText.Of(element);
        if (code.AsSpan().Trim(HtmlSpace.Characters).IsEmpty)
        {
            return;
        }

        var fence = Math.Max(3, CodeSpan.LongestRun(code, '`') + 1);
        _blocks.Begin(BlockKind.Code);
        var text = _blocks.Text;
        text.Append('`', fence).Append(CodeLanguage.Of(element));
        var rest = code.AsSpan();
        rest = rest[^1] == '\n' ? rest[..^1] : rest;
        foreach (var line in rest.Split('\n'))
        {
            var blank = line.Start.Value == line.End.Value;
            text.Append('\n').Append(blank ? _blocks.Prefix.TrimEnd(' ') : _blocks.Prefix).Append(rest[line]);
        }

        text.Append('\n').Append(_blocks.Prefix).Append('`', fence);
    }

    private void Described(IElement element, TagRole role)
    {
        var outer = _paragraph;
        _paragraph = role == TagRole.Term ? BlockKind.Term : BlockKind.Definition;
        Children(element);
        EndParagraph();
        _paragraph = outer;
    }

    private void Styled(IElement element, InlineStyle style)
    {
        if (_inCode)
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
        var url = element.GetAttribute("href") is { } href ? UrlReference.Resolve(_page.BaseUrl, href) : "";
        var scheme = UrlReference.SchemeOf(url);
        if (scheme is "" or "javascript" or "vbscript" or "data"
            || _targets.Count >= MarkedMarkdown.MaxTargets
            || (_options.ExcludeExternalLinks && !IsInternal(url)))
        {
            Children(element);
            return;
        }

        _targets.Add(MarkdownTarget.Link(url, HtmlSpace.Fold(element.GetAttribute("title"))));
        _run.OpenLink(_targets.Count - 1);
        Children(element);
        _run.CloseLink();
    }

    private bool IsInternal(string url) => UrlReference.IsWeb(UrlReference.SchemeOf(url))
        && RegistrableDomain.Of(UrlParts.Of(url).Host) == _siteDomain;

    private void Image(IElement element)
    {
        if (_options.ExcludeImages || _targets.Count >= MarkedMarkdown.MaxTargets)
        {
            return;
        }

        var alt = HtmlSpace.Fold(element.GetAttribute("alt"));
        if (ImageSource.Of(element, _page.BaseUrl) is { } url)
        {
            _targets.Add(MarkdownTarget.Image(url, HtmlSpace.Fold(element.GetAttribute("title")), alt));
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
        _run.Restart();
        _blocks.Begin(_paragraph);
        if (_paragraph == BlockKind.Definition)
        {
            _blocks.Text.Append(":   ");
            _paragraph = BlockKind.Paragraph;
        }

        if (_atItemStart && _line.Length >= 3 && _line[0] == '[' && _line[2] == ']')
        {
            // Would be a task's box.
            _line.Insert(0, '\\');
        }

        _atItemStart = false;
        MarkdownText.AppendLines(_blocks.Text, _line, _blocks.Prefix);
    }
}
