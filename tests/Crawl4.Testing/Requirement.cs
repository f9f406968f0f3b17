namespace Crawl4.Testing;

/// <summary>What some tests need beside the .NET SDK. Where it is missing they skip and say so in one line;
/// where the environment variable CRAWL4_REQUIRE names it (comma-separated), missing is a failure.</summary>
public static class Requirement
{
    public const string SharedData = "shared-data";
    public const string PowerShell = "pwsh";

    /// <summary>PowerShell with Pester 5 or later.</summary>
    public const string Pester = "pester";
    public const string Python = "python3";

    /// <summary>The DynamoDB emulator dynalite, and Node to run it; or any DynamoDB that DYNAMODB_ENDPOINT names.</summary>
    public const string Dynalite = "dynalite";

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Real Crawl4AI caches, pages and outputs: beside the repository, or where CRAWL4_SHARED_DATA
    /// says.</summary>
    public static string SharedDataFolder => Environment.GetEnvironmentVariable("CRAWL4_SHARED_DATA")
        ?? Path.Combine(RepositoryRoot, "..", "shared", "data");

    /// <summary>Null where the requirement is met or must be met, else why the test is skipped.</summary>
    public static string? SkipReason(string name)
    {
        var required = (Environment.GetEnvironmentVariable("CRAWL4_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(name, StringComparer.OrdinalIgnoreCase);
        return required || IsMet(name) ? null : $"needs {name}, which is not here";
    }

    /// <summary>Null where all requirements are met, else why the test is skipped.</summary>
    public static string? SkipReason(params string[] names) => names.Select(name => SkipReason(name)).FirstOrDefault(reason => reason is not null);

    /// <summary>The program's full path, or null where PATH does not have it.</summary>
    public static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);

    private static readonly Lazy<bool> HasPester = new(() =>
    {
        const string Ask = "if (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0') { exit 0 } exit 1";
        if (FindProgram(PowerShell) is not { } pwsh)
        {
            return false;
        }

        using var shell = System.Diagnostics.Process.Start(pwsh, ["-NoProfile", "-NonInteractive", "-Command", Ask]);
        return shell.WaitForExit(TimeSpan.FromSeconds(60)) && shell.ExitCode == 0;
    });

    private static bool IsMet(string name) => name switch
    {
        SharedData => Directory.Exists(SharedDataFolder),
        Pester => HasPester.Value,
        Dynalite => Testing.Dynalite.Folder is not null || Testing.Dynalite.Named is not null,
        _ => FindProgram(name) is not null,
    };

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(
            AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Crawl4.psd1"))
                && File.Exists(Path.Combine(folder.FullName, "Crawl4Ps.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from within the repository.");
    }
}
