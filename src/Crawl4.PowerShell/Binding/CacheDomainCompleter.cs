using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Crawl4.Core.Storing;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes domains from the hosts of the cache's entries.</summary>
internal sealed class CacheDomainCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CacheCompletion.Unquote(wordToComplete);
        return CacheCompletion.Results(CacheCompletion.Collect(
            fakeBoundParameters, static () => CacheQuery.All, url => HostOf(url, word)));
    }

    private static string? HostOf(string url, string word) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Host.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && uri.Host.Length > 0
            ? uri.Host
            : null;
}
