using System.Buffers;
using Crawl4.Core;
using Crawl4.Core.Crawling;

namespace Crawl4.Cli.Output;

/// <summary>An error as one line: on what, what failed, what to do next.</summary>
internal static class ErrorText
{
    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create("/?#\\");

    public static string Of(Crawl4Error error) => $"{Sentence(error.Message)} {error.Advice}";

    /// <summary>The line for a page that failed. A message that names the page already is not given it twice.</summary>
    public static string Of(CrawlResult result)
    {
        var url = WithoutCredentials(result.Url);
        if (result.Error is not { } error)
        {
            return $"{url}: The page failed, and nothing says why.";
        }

        var text = Of(error);
        var isPath = url.StartsWith("file:", StringComparison.Ordinal) && error.Target.Length > 0;
        return text.Contains(isPath ? error.Target : url, StringComparison.Ordinal) ? text : $"{url}: {text}";
    }

    /// <summary>A URL as it may be shown: what stands before '@' in its authority is a name and a password.</summary>
    public static string WithoutCredentials(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3)
        {
            return url;
        }

        var length = url.AsSpan(start).IndexOfAny(AuthorityEnd);
        var authority = length < 0 ? url[start..] : url.Substring(start, length);
        var at = authority.LastIndexOf('@');
        return at < 0 ? url : url.Remove(start, at + 1);
    }

    private static string Sentence(string message) =>
        message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? message : message + ".";
}
