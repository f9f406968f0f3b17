using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes the labels of patterns.</summary>
public sealed class PatternLabelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) => KnownWords.Complete(RegexExtractor.AllLabels.Append("all"), wordToComplete);
}
