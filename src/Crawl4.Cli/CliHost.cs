using System.Runtime.InteropServices;
using System.Text;

namespace Crawl4.Cli;

/// <summary>The real console around <see cref="Cli"/>: streams, terminal and signals.</summary>
internal static class CliHost
{
    private const int BufferChars = 64 * 1024;

    // Without a byte order mark, whatever the locale: what reads our JSON lines expects neither.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task<int> RunAsync(string[] args)
    {
        UseUtf8OnWindows();
        await using var output = new StreamWriter(OutputStream.Open(), Utf8, BufferChars) { NewLine = "\n" };
        await using var error = new StreamWriter(Console.OpenStandardError(), Utf8) { NewLine = "\n", AutoFlush = true };
        await using var inputBytes = Console.OpenStandardInput();
        using var input = new StreamReader(inputBytes, Utf8, leaveOpen: true);
        var context = new CliContext
        {
            Output = output,
            Error = error,
            Input = input,
            InputBytes = inputBytes,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InputIsTerminal = !Console.IsInputRedirected,
            Width = TerminalWidth(),
        };
        using var stop = new CancellationTokenSource();
        var stoppedBy = 0;
        void OnSignal(PosixSignalContext signal)
        {
            // The first one ends the work in good order; the second is left to the system, which ends the process.
            signal.Cancel = Interlocked.CompareExchange(ref stoppedBy, ExitCodeOf(signal.Signal), 0) == 0;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        var exitCode = await Cli.RunAsync(args, context, stop.Token);
        return exitCode == ExitCode.Cancelled && stoppedBy != 0 ? stoppedBy : exitCode;
    }

    private static int ExitCodeOf(PosixSignal signal) =>
        signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Cancelled;

    private static int TerminalWidth()
    {
        try
        {
            return !Console.IsOutputRedirected && Console.WindowWidth > 0
                ? Console.WindowWidth
                : CliContext.DefaultWidth;
        }
        catch (IOException)
        {
            return CliContext.DefaultWidth;
        }
    }

    private static void UseUtf8OnWindows()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Utf8;
            Console.InputEncoding = Utf8;
        }
    }
}
