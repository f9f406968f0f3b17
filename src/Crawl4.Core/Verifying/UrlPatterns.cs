using System.IO.Enumeration;

namespace Crawl4.Core.Verifying;

/// <summary>URLs by pattern: <c>*</c> stands for any characters, <c>?</c> for any one.</summary>
public static class UrlPatterns
{
    /// <summary>What is true of a URL that one of the patterns means, all of it, letter case and all. Null where there are
    /// none, which means every URL.</summary>
    /// <param name="patterns">The patterns.</param>
    public static Func<string, bool>? Of(IReadOnlyList<string>? patterns) => patterns is not { Count: > 0 } ? null
        : url => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, url, ignoreCase: false));
}
