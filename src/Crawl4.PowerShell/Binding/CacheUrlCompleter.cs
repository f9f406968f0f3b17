using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Crawl4.Core.Storing;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes URLs from the cache's entries.</summary>
internal sealed class CacheUrlCompleter : IArgumentCompleter
{
    // A menu longer than a screen helps nobody.
    private const int MaxResults = 40;

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var word = CacheCompletion.Unquote(wordToComplete);
        // Who starts with the host means what -Url makes of it.
        string[] prefixes = word.Length == 0 || word.Contains("://", StringComparison.Ordinal)
            ? [word]
            : [word, "https://" + word, "http://" + word];
        return CacheCompletion.Results(prefixes
            .SelectMany(prefix => CacheCompletion.Collect(
                fakeBoundParameters,
                () => new CacheQuery { UrlPrefix = prefix.Length == 0 ? null : prefix, Limit = MaxResults },
                static url => url))
            .Take(MaxResults));
    }
}
