using System.Text;
using Crawl4.Core.Settings;

namespace Crawl4.Cli.Tests;

/// <summary>Runs the program in this process, over a cache folder of its own, and keeps what it printed.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The base directory that the program finds in its environment.</summary>
    public string BaseDirectory => _folder.Path;

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>What the program reads from standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>The same where it is no UTF-8.</summary>
    public byte[]? InputBytes { get; set; }

    /// <summary>Changes what the program sees of the world.</summary>
    public Func<CliContext, CliContext> Adapt { get; set; } = context => context;

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = Adapt(new CliContext
        {
            Output = output,
            Error = error,
            Input = new StringReader(Input),
            InputBytes = new MemoryStream(InputBytes ?? Encoding.UTF8.GetBytes(Input)),
            Environment = name => name == CacheFolder.BaseDirectoryVariable ? BaseDirectory : null,
        });
        var exitCode = await Cli.RunAsync(args, context, cancellationToken);
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    /// <summary>As if a person sat there.</summary>
    public static CliContext OnTerminal(CliContext context) =>
        context with { OutputIsTerminal = true, ErrorIsTerminal = true, InputIsTerminal = true };

    public void Dispose() => _folder.Dispose();
}
