using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>What the options mean for the writing of Markdown.</summary>
internal static class MarkdownStyle
{
    /// <summary>The Markdown options, with what other options say of them.</summary>
    public static MarkdownOptions Of(ReadingOptions options)
    {
        var style = options.OnlyText ? options.Markdown with { IgnoreEmphasis = true } : options.Markdown;
        return options.MarkdownSource == MarkdownSource.FitHtml
            ? style with { IgnoreLinks = true, IgnoreImages = true } : style;
    }

    /// <summary>True for an element within a line whose HTML tags stay.</summary>
    public static bool KeepsTag(MarkdownOptions style, IElement element, TagRole role) =>
        (style.IncludeSupSub && element.LocalName is "sup" or "sub")
        || (style.PreserveTags.Count > 0 && role != TagRole.Hidden && !TagRoles.IsBlock(role)
            && style.PreserveTags.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase));

    public static bool KeepsTables(MarkdownOptions style) =>
        style.BypassTables || style.PreserveTags.Contains("table", StringComparer.OrdinalIgnoreCase);
}
