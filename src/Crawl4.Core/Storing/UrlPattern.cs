using System.IO.Enumeration;

namespace Crawl4.Core.Storing;

/// <summary>Which URLs are meant: * stands for any text, ? for any character, everything else for itself. The whole URL
/// has to match; letter case matters, as it does in keys.</summary>
public sealed record UrlPattern
{
    private UrlPattern(string text) => Text = text;

    /// <summary>The pattern.</summary>
    public string Text { get; }

    /// <summary>What every match begins with.</summary>
    public string Prefix => Text.IndexOfAny(['*', '?']) is >= 0 and var at ? Text[..at] : Text;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="setting">What it was given as, for the error.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is empty.</exception>
    public static UrlPattern Parse(string text, string setting) => string.IsNullOrWhiteSpace(text)
        ? throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"{setting} has an empty URL pattern.", setting)
        { Advice = "Give URLs, or patterns such as https://example.com/*." }.ToException()
        : new UrlPattern(text);

    /// <summary>True where a URL is meant.</summary>
    /// <param name="url">The URL.</param>
    public bool Matches(string url) =>
        FileSystemName.MatchesSimpleExpression(Text.Replace(@"\", @"\\", StringComparison.Ordinal), url, ignoreCase: false);

    /// <summary>What all URLs that any of several patterns means begin with.</summary>
    /// <param name="patterns">The patterns. None means every URL.</param>
    public static string CommonPrefix(IReadOnlyList<UrlPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var common = patterns.Count == 0 ? "" : patterns[0].Prefix;
        foreach (var pattern in patterns)
        {
            common = common[..common.AsSpan().CommonPrefixLength(pattern.Prefix)];
        }

        // Half of a surrogate pair is no text.
        return common.Length > 0 && char.IsHighSurrogate(common[^1]) ? common[..^1] : common;
    }

    /// <summary>The pattern.</summary>
    public override string ToString() => Text;
}
