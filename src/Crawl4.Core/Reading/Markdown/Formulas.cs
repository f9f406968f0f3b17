using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Formulas whose TeX a page carries, as MathML's annotation or as MathJax's script.</summary>
internal static class Formulas
{
    /// <summary>An element with more attributes belongs to no formula.</summary>
    private const int MaxAttributes = 50;

    private const string ScriptType = "math/tex";

    /// <summary>The formula between dollar signs, or null where there is no TeX.</summary>
    public static string? Of(IElement element)
    {
        if (element.LocalName == "script")
        {
            return IsScript(element)
                ? Between(element.TextContent, element.GetAttribute("type")!.Contains("display", StringComparison.Ordinal))
                : null;
        }

        // Looked for where it stands in every page seen, and no deeper: formulas can be nested.
        var parts = element.Children.FirstOrDefault(child => child.LocalName == "semantics") ?? element;
        var source = parts.Children.FirstOrDefault(child => child.LocalName == "annotation"
            && (child.GetAttribute("encoding") ?? "").Contains("tex", StringComparison.OrdinalIgnoreCase));
        return source is null ? null : Between(source.TextContent, element.GetAttribute("display") == "block");
    }

    /// <summary>True for what says a formula once more: notes beside MathML, and what KaTeX and MathJax show of it.</summary>
    public static bool IsRepeated(IElement element) => element.LocalName switch
    {
        "annotation" => true,
        "span" or "div" when element.Attributes.Length is > 0 and < MaxAttributes => element.GetAttribute("class") switch
        {
            "katex-html" => true,
            "MathJax_Preview" or "MathJax" or "MathJax_Display" or "MathJax_SVG" or "MathJax_CHTML" =>
                element.NextElementSibling is { } next && (IsScript(next)
                    || (next.NextElementSibling is { } second && IsScript(second))),
            _ => false,
        },
        _ => false,
    };

    private static bool IsScript(IElement element) => element.LocalName == "script"
        && (element.GetAttribute("type") ?? "").StartsWith(ScriptType, StringComparison.OrdinalIgnoreCase);

    private static string? Between(string tex, bool isBlock)
    {
        var formula = HtmlSpace.Fold(tex);
        var sign = isBlock ? "$$" : "$";
        return formula.Length == 0 ? null : sign + formula + sign;
    }
}
