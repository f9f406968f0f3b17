using System.CommandLine;

namespace Crawl4.Cli.Tests.Commands;

public class HelpTests
{
    public static TheoryData<string> CommandPaths()
    {
        var paths = new TheoryData<string>();
        foreach (var command in AllCommands())
        {
            paths.Add(command);
        }

        return paths;
    }

    [Theory]
    [MemberData(nameof(CommandPaths))]
    public async Task Help_OfEveryCommand_FitsAndEndsWithExamples(string path)
    {
        using var run = new CliRun();
        Assert.Equal(0, await run.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));
        Assert.Contains("Examples:\n  crawl4 ", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        Assert.DoesNotContain("[default: ]", run.Output, StringComparison.Ordinal);
        Assert.All(run.OutputLines, line => Assert.InRange(line.TrimEnd().Length, 0, 90));
    }

    [Theory]
    [MemberData(nameof(CommandPaths))]
    public async Task Examples_OfEveryCommand_ParseAsTheyStand(string path)
    {
        using var run = new CliRun();
        await run.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        var examples = run.OutputLines.Where(line => line.StartsWith("  crawl4 ", StringComparison.Ordinal))
            .Where(line => !line.Contains('[', StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Cli.Parse(Words(example).Skip(1).ToList(), Context()).Errors));
    }

    private static IEnumerable<string> AllCommands() => PathsBelow(Cli.Parse([], Context()).CommandResult.Command, "");

    private static IEnumerable<string> PathsBelow(Command command, string path) =>
        command.Subcommands.SelectMany(child => PathsBelow(child, $"{path} {child.Name}".Trim())).Prepend(path);

    private static CliContext Context() => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Input = TextReader.Null,
    };

    // As a shell would split it, up to a redirection; single quotes keep words together.
    private static IEnumerable<string> Words(string example) => example.Trim().Split('>')[0].Split('\'')
        .SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
