using System.CommandLine;

namespace Crawl4.Cli.Commands;

/// <summary>A command whose help ends with examples that run as they stand.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; init; } = [];
}
