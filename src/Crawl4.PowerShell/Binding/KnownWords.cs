using System.Management.Automation;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes one of some known words, as it is typed: quoted or not, in any case.</summary>
internal static class KnownWords
{
    public static IEnumerable<CompletionResult> Complete(IEnumerable<string> words, string typed) => words
        .Where(word => word.StartsWith(typed.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
        .Select(word => new CompletionResult(word));
}
