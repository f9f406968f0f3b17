using System.Diagnostics;
using System.Globalization;

namespace Crawl4.Testing;

/// <summary>The DynamoDB that the tests use: the endpoint that DYNAMODB_ENDPOINT names, else the emulator dynalite, one
/// process for all tests of a run, on loopback with a free port. It ends when its input does: with the test process,
/// however that ends.</summary>
public static class Dynalite
{
    private const string Program = """
        const server = require(process.argv[1])({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        // It throws where a client dies in the middle of a request, which is what some tests are about.
        process.on('uncaughtException', error => {
            if (error.code !== 'ECONNRESET') {
                console.error(error);
                process.exit(1);
            }
        });
        process.stdin.resume();
        process.stdin.on('end', () => process.exit(0));
        """;

    private static readonly Lazy<Task<Uri>> Started = new(StartAsync);

    /// <summary>Held, because collecting it would close its input.</summary>
    private static Process? _process;

    /// <summary>The package's folder: where CRAWL4_DYNALITE says, in the repository's out/tools, or among npm's global
    /// packages. Null where there is none, or no Node.</summary>
    public static string? Folder { get; } = Requirement.FindProgram("node") is null ? null : Candidates().FirstOrDefault(
        folder => File.Exists(Path.Combine(folder, "package.json")));

    /// <summary>The endpoint that was named instead, or null.</summary>
    public static Uri? Named { get; } = Environment.GetEnvironmentVariable("DYNAMODB_ENDPOINT") is { Length: > 0 } named
        ? new Uri(named) : null;

    /// <summary>Where it listens.</summary>
    public static Task<Uri> EndpointAsync() => Named is null ? Started.Value : Task.FromResult(Named);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CRAWL4_DYNALITE") is { Length: > 0 } named)
        {
            yield return named;
        }

        yield return Path.Combine(Requirement.RepositoryRoot, "out", "tools", "node_modules", "dynalite");
        // Where npm puts global packages: beside Node on Windows, below lib elsewhere.
        var bin = Path.GetDirectoryName(Requirement.FindProgram("node"))!;
        yield return Path.Combine(bin, "node_modules", "dynalite");
        yield return Path.GetFullPath(Path.Combine(bin, "..", "lib", "node_modules", "dynalite"));
    }

    private static async Task<Uri> StartAsync()
    {
        var start = new ProcessStartInfo(Requirement.FindProgram("node") ?? "node", ["-e", Program, Folder ?? "dynalite"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        var port = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{int.Parse(port!, CultureInfo.InvariantCulture)}/"));
    }
}
