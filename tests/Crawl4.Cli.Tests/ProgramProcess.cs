using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Crawl4.Cli.Tests;

/// <summary>The built program as a process of its own, with its output as bytes.</summary>
internal sealed class ProgramProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<byte[]> _error;

    private ProgramProcess(Process process, bool readOutput)
    {
        _process = process;
        _output = readOutput ? ReadAsync(process.StandardOutput.BaseStream) : Task.FromResult(Array.Empty<byte>());
        _error = ReadAsync(process.StandardError.BaseStream);
    }

    public static ProgramProcess Start(string baseDirectory, params string[] args) =>
        Start(baseDirectory, readOutput: true, args);

    public static ProgramProcess Start(string baseDirectory, bool readOutput, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Cli).Assembly.Location);
        Array.ForEach(args, start.ArgumentList.Add);
        start.Environment["CRAWL4_AI_BASE_DIRECTORY"] = baseDirectory;

        // Of its own too, so that what it leaves behind can be seen.
        start.Environment["TMPDIR"] = baseDirectory;

        // The poorest locale: what is printed must be UTF-8 all the same.
        start.Environment["LANG"] = "C";
        start.Environment["LC_ALL"] = "C";
        return new ProgramProcess(Process.Start(start)!, readOutput);
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public async Task<(int ExitCode, byte[] Output, string Error)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, await _output, Encoding.UTF8.GetString(await _error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
