using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Terms and what is said of them.</summary>
internal sealed partial class MarkdownWriter
{
    private BlockKind _paragraph = BlockKind.Paragraph;

    /// <summary>The depth of containers at which the term or definition stands that is being written.</summary>
    private int _describedAt;

    private void Described(IElement element, TagRole role)
    {
        var outer = (_paragraph, _describedAt);
        _paragraph = role == TagRole.Term ? BlockKind.Term : BlockKind.Definition;
        _describedAt = _blocks.Depth;
        Children(element);
        EndParagraph();
        (_paragraph, _describedAt) = outer;
    }

    private void BeginParagraph()
    {
        var kind = _blocks.Depth == _describedAt ? _paragraph : BlockKind.Paragraph;
        _blocks.Begin(kind);
        if (kind is BlockKind.Definition or BlockKind.DefinitionParagraph)
        {
            // Each paragraph gets the mark: indented, it would be code to who reads no definitions.
            _blocks.Text.Append(":   ");
            _paragraph = BlockKind.DefinitionParagraph;
        }
    }
}
