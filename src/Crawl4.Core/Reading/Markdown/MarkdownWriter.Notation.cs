using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>What has a notation of its own in Markdown: boxes of tasks, formulas and diagrams.</summary>
internal sealed partial class MarkdownWriter
{
    /// <summary>Writes an element in such a notation. False where it has none.</summary>
    private bool IsNoted(IElement element)
    {
        switch (element.LocalName)
        {
            case "input" when _atItemStart && _run.IsEmpty && !_inOneLine && TaskBox(element) is { } box:
                Raw(box);
                _run.Space();
                return true;
            case "math" or "script" when Formulas.Of(element) is { } formula:
                // A bar would end a table's cell.
                Raw(_inOneLine ? formula.Replace("|", "\\vert ", StringComparison.Ordinal) : formula);
                return true;
            case "svg" or "div" when !_inOneLine && Diagrams.Of(element) is { } diagram:
                EndParagraph();
                CodeBlock.Write(diagram, Diagrams.Language, _blocks);
                return true;
            default:
                return Formulas.IsRepeated(element);
        }
    }

    /// <summary>Boxes that a page hides, or shows as buttons, open menus.</summary>
    private static string? TaskBox(IElement input) =>
        !"checkbox".Equals(input.GetAttribute("type"), StringComparison.OrdinalIgnoreCase)
        || input.HasAttribute("hidden") || input.HasAttribute("role") || input.HasAttribute("aria-hidden") ? null
        : input.HasAttribute("checked") ? "[x]" : "[ ]";

    /// <summary>Writes what is Markdown or HTML already within a line.</summary>
    private void Raw(string html)
    {
        if (_targets.Count < MarkedMarkdown.MaxTargets)
        {
            _targets.Add(new LinkTarget("", "", "", html));
            _run.Image(_targets.Count - 1);
        }
    }
}
