using System.Collections;
using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Storing;

namespace Crawl4.PowerShell.Binding;

/// <summary>Reads the cache for tab completion: never the network, never an exception, and never longer than a
/// person waits for a key.</summary>
internal static class CacheCompletion
{
    /// <summary>What takes longer feels like a hang.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(100);

    /// <summary>What the summaries of the cache give within the budget, each once.</summary>
    /// <param name="boundParameters">What the command line has so far: it may name the cache.</param>
    /// <param name="query">Which entries are looked at.</param>
    /// <param name="select">What each gives.</param>
    public static IReadOnlyCollection<string> Collect(
        IDictionary boundParameters, Func<CacheQuery> query, Func<string, string?> select)
    {
        var found = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var deadline = new CancellationTokenSource(Budget);
            var baseDirectory = FullPath(boundParameters["BaseDirectory"]?.ToString());
            var work = Task.Run(
                () => CollectAsync(baseDirectory, query(), select, found, deadline.Token), CancellationToken.None);
            if (!work.Wait(Budget * 2, CancellationToken.None))
            {
                // Still at work on a thread of its own: its set must not be read.
                return [];
            }
        }
        catch (Exception)
        {
            // A completer that throws takes the whole completion with it; what was found until then is still right.
        }

        lock (found)
        {
            return [.. found];
        }
    }

    /// <summary>The results for what was found.</summary>
    public static IEnumerable<CompletionResult> Results(IEnumerable<string> found) =>
        found.Select(text => new CompletionResult(Quote(text), text, CompletionResultType.ParameterValue, text));

    /// <summary>What was typed, without the quotes around it.</summary>
    public static string Unquote(string? word) => (word ?? "").Trim('\'', '"');

    // Relative to where the user is, which only the session knows.
    private static string? FullPath(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])")
            .AddArgument(path).Invoke<string>().FirstOrDefault();
    }

    private static async Task CollectAsync(
        string? baseDirectory, CacheQuery query, Func<string, string?> select, SortedSet<string> found,
        CancellationToken cancellationToken)
    {
        var engine = new Crawl4Engine(new Crawl4EngineOptions { BaseDirectory = baseDirectory });
        await using (engine.ConfigureAwait(false))
        {
            var entries = engine.Store.ListAsync(query, cancellationToken);
            await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (select(entry.Url) is { } text)
                {
                    lock (found)
                    {
                        found.Add(text);
                    }
                }
            }
        }
    }

    // Quoted where PowerShell would read it otherwise: "&" in a query, for one.
    private static string Quote(string text) =>
        text.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_' or '?' or '=' or '~')
            ? text
            : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
