using System.CommandLine;
using System.CommandLine.Invocation;

namespace Crawl4.Cli.Commands;

/// <summary>Prints name and version.</summary>
internal sealed class ShowVersion(string version) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine("crawl4 " + version);
        return ExitCode.Success;
    }
}
