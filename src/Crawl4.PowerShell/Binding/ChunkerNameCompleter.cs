using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Crawl4.Core.Reading.Chunking;

namespace Crawl4.PowerShell.Binding;

/// <summary>Completes the ways to divide a text.</summary>
public sealed class ChunkerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst,
        IDictionary fakeBoundParameters) => KnownWords.Complete(Enum.GetNames<ChunkingStrategy>(), wordToComplete);
}
