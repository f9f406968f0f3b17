using System.Diagnostics;
using System.Globalization;

namespace Crawl4.PowerShell.Tests.Module;

/// <summary>The module in a real PowerShell: each file of tests/Module in a process of its own, because a module's
/// assemblies cannot be unloaded.</summary>
public class PesterTests
{
    private static readonly string Folder = Path.Combine(Requirement.RepositoryRoot, "tests", "Module");

    /// <summary>A file takes seconds; what takes this long hangs.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [RequiresFact(Requirement.PowerShell)]
    public async Task Module_InAFreshShell_IsImported()
    {
        var manifest = Path.Combine(Requirement.RepositoryRoot, "out", "module", "Crawl4", "Crawl4.psd1");
        var (code, output) = await RunAsync(
            "-Command", $"(Import-Module '{manifest}' -PassThru -ErrorAction Stop).ExportedCmdlets.Count");
        Assert.True(code == 0, output);
        Assert.Equal(Commands.CmdletMetadata.All.Count.ToString(CultureInfo.InvariantCulture), output.Trim());
    }

    [RequiresTheory(Requirement.Pester)]
    [MemberData(nameof(Files))]
    public async Task File_InAFreshShell_Passes(string file)
    {
        var (code, output) = await RunAsync("-File", Path.Combine(Folder, "Run.ps1"), file);
        Assert.True(code == 0, $"{file}:\n{output}");
    }

    private static async Task<(int? Code, string Output)> RunAsync(params string[] arguments)
    {
        var pwsh = Requirement.FindProgram(Requirement.PowerShell)
            ?? throw new InvalidOperationException("PowerShell is required, and is not on the PATH.");
        var start = new ProcessStartInfo(pwsh, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Requirement.RepositoryRoot,
            Environment = { ["NO_COLOR"] = "1", ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" },
        };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await shell.WaitForExitAsync(deadline.Token);
            return (shell.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
            return (null, $"Not done after {Deadline}.\n{await output}{await errors}");
        }
    }
}
