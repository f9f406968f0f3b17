using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Crawl4.Cli.Commands;
using Crawl4.Cli.Output;
using Crawl4.Core;

namespace Crawl4.Cli;

/// <summary>The program without its console: a command line in, an exit code out.</summary>
internal static class Cli
{
    /// <summary>The version that all of Crawl4 shares.</summary>
    public static string Version { get; } =
        typeof(Cli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        try
        {
            var exitCode = await GuardedAsync(args, context, cancellationToken);
            await context.Output.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (OutputClosedException)
        {
            return ExitCode.OutputClosed;
        }
        catch (IOException e)
        {
            return await FailAsync(context, $"Reading or writing failed: {e.Message}", ExitCode.Failure);
        }
    }

    /// <summary>Parses a command line. Response files are off: a value that starts with '@' is a value.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args, CliContext context) => Root(context).Parse(
        args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    private static async Task<int> GuardedAsync(
        IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await ParseAndRunAsync(args, context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(context, "Stopped.", ExitCode.Cancelled);
        }
        catch (WrongUsageException e)
        {
            return await FailAsync(context, e.Message, ExitCode.WrongUsage);
        }
        catch (Crawl4Exception e)
        {
            var exitCode = e.Code == Crawl4ErrorCode.OptionInvalid ? ExitCode.WrongUsage : ExitCode.Failure;
            return await FailAsync(context, ErrorText.Of(e.Error), exitCode);
        }
        catch (Exception e) when (e is not (OutputClosedException or IOException))
        {
            var fault = $"{e.GetType().Name}: {e.Message} This is a fault in crawl4: please report it, with the "
                + $"command and what 'crawl4 status' prints.";
            return await FailAsync(context, fault, ExitCode.Failure);
        }
    }

    private static async Task<int> ParseAndRunAsync(
        IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        var parsed = Parse(args, context);
        if (parsed.Action is null or ParseErrorAction)
        {
            return await WrongUsage.ReportAsync(parsed, context);
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
    }

    private static RootCommand Root(CliContext context)
    {
        var root = new RootCommand("Crawls web pages into clean Markdown and keeps every result in a cache.")
        {
            HelpName = "crawl4",
        };
        root.Add(CrawlCommand.Create(context));
        root.Add(ReadCommand.Create(context));
        root.Add(SchemaCommand.Create(context));
        root.Add(CacheCommand.Create(context));
        root.Add(StatusCommand.Create(context));
        root.Add(MigrateCommand.Create(context));
        root.Add(RolloutCommand.Create(context));
        root.Add(TablesCommand.Create(context));
        root.Add(VerifyCommand.Create(context));
        root.Add(DemoCommand.Create(context));
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples(context.Width);
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(Version);
        return root;
    }

    private static async Task<int> FailAsync(CliContext context, string message, int exitCode)
    {
        await context.WriteErrorAsync(message);
        return exitCode;
    }
}
