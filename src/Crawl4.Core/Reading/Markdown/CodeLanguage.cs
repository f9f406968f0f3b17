using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Finds the language that a page says its code is in.</summary>
internal static class CodeLanguage
{
    /// <summary>Names are short; what is longer is something else.</summary>
    private const int MaxLength = 30;

    /// <summary>Characters of a class attribute that are looked at. Code blocks may share one around them.</summary>
    private const int MaxClassLength = 500;

    /// <summary>An element with more attributes is not searched for a language.</summary>
    private const int MaxAttributes = 200;

    /// <summary>How far up highlighters put the language.</summary>
    private const int MaxClimb = 2;

    private static readonly string[] Prefixes = ["language-", "lang-", "highlight-source-", "brush:",
        "sourceCode-"];

    private static readonly string[] Attributes = ["data-language", "data-lang"];

    public static string Of(IElement pre)
    {
        var code = pre.Children.FirstOrDefault(child => child.LocalName == "code");
        if (Named(code) is { } ofCode)
        {
            return ofCode;
        }

        INode? element = pre;
        for (var climbed = 0; climbed <= MaxClimb && element is IElement near; climbed++,
            element = near.Parent)
        {
            if (Named(near) is { } named)
            {
                return named;
            }
        }

        return "";
    }

    private static string? Named(IElement? element)
    {
        if (element is null || element.Attributes.Length > MaxAttributes)
        {
            return null;
        }

        foreach (var name in Attributes)
        {
            if (Valid(element.GetAttribute(name)) is { } language)
            {
                return language;
            }
        }

        var given = element.GetAttribute("class") ?? "";
        var classes = given[..Math.Min(given.Length, MaxClassLength)].Split(
            [' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in classes)
        {
            var prefix = Array.Find(Prefixes, prefix => name.StartsWith(prefix,
                StringComparison.OrdinalIgnoreCase));
            if (prefix is not null && Valid(name[prefix.Length..]) is { } language)
            {
                return language;
            }
        }

        if (classes.Contains(Diagrams.Language, StringComparer.Ordinal))
        {
            return Diagrams.Language;
        }

        return classes.Contains("hljs", StringComparer.Ordinal)
            ? classes.Where(name => name is not "hljs" && !name.StartsWith("hljs-", StringComparison.Ordinal))
                .Select(Valid).FirstOrDefault(name => name is not null)
            : null;
    }

    private static string? Valid(string? name)
    {
        var text = name?.Trim(' ', ';');
        return text is { Length: > 0 and <= MaxLength }
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '-' or '.' or '_') ? text
            : null;
    }
}
