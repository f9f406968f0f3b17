using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Crawl4.Core.Reading;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes the languages that have stems.</summary>
public sealed class StemLanguageCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) => KnownWords.Complete(Bm25ContentFilter.Languages, wordToComplete);
}
