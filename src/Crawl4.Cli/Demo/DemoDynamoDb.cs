using System.Diagnostics;
using System.Globalization;
using Crawl4.Core.Settings;

namespace Crawl4.Cli.Demo;

/// <summary>A DynamoDB for the demo: the emulator dynalite on a free port of loopback, gone with the demo, or an endpoint
/// on loopback that the environment names. Never AWS: a demo costs nobody money.</summary>
internal sealed class DemoDynamoDb : IAsyncDisposable
{
    /// <summary>Node starts in a fraction of a second; on a busy machine in several.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private const string Program = """
        const server = require(process.argv[1])({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        process.stdin.resume();
        process.stdin.on('end', () => process.exit(0));
        """;

    private readonly Process? _node;

    private DemoDynamoDb(string endpoint, string name, Process? node)
    {
        Endpoint = endpoint;
        Name = name;
        _node = node;
    }

    public string Endpoint { get; }

    /// <summary>What it is, for people.</summary>
    public string Name { get; }

    /// <summary>Starts or finds one.</summary>
    /// <returns>Null where there is neither.</returns>
    public static async Task<DemoDynamoDb?> OpenAsync(CliContext context, CancellationToken cancellationToken)
    {
        if (context.Environment("DYNAMODB_ENDPOINT") is { Length: > 0 } named
            && Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.IsLoopback)
        {
            return new DemoDynamoDb(named, named, null);
        }

        return FindNode(context) is { } node && FindPackage(context, node) is { } package
            ? await StartAsync(node, package, context.TimeProvider, cancellationToken) : null;
    }

    /// <summary>An environment in which DynamoDB is this one, with tables of the demo's own, whatever the real one says of
    /// others.</summary>
    public Func<string, string?> Environment(CliContext context, string baseDirectory)
    {
        var prefix = "crawl4-demo-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];
        return name => name switch
        {
            "DYNAMODB_ENDPOINT" => Endpoint,
            "DYNAMODB_TABLE_CRAWL_RESULTS" => prefix + "-results",
            "DYNAMODB_TABLE_CONTENT" => prefix + "-content",
            "DYNAMODB_TABLE_SESSIONS" => prefix + "-sessions",
            CacheFolder.BaseDirectoryVariable => baseDirectory,
            _ when name.StartsWith("DYNAMODB_", StringComparison.Ordinal)
                || name.StartsWith("FORCE_", StringComparison.Ordinal) => null,
            _ => context.Environment(name),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is null)
        {
            return;
        }

        // It ends when its input does; what hangs is ended.
        _node.StandardInput.Close();
        using var deadline = new CancellationTokenSource(StartDeadline);
        try
        {
            await _node.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _node.Kill();
        }

        _node.Dispose();
    }

    private static async Task<DemoDynamoDb?> StartAsync(
        string node, string package, TimeProvider time, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(node, ["-e", Program, package])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var deadline = new CancellationTokenSource(StartDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(both.Token);
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return new DemoDynamoDb($"http://127.0.0.1:{port}", "dynalite on Node", process);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is as if there were none.
        }

        process.Kill();
        process.Dispose();
        return null;
    }

    private static string? FindNode(CliContext context) => (context.Environment("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>Where the environment says, below out/tools of the repository that the program was built in, or among
    /// npm's global packages.</summary>
    private static string? FindPackage(CliContext context, string node)
    {
        var candidates = new List<string>();
        if (context.Environment("CRAWL4_DYNALITE") is { Length: > 0 } named)
        {
            candidates.Add(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "out", "tools", "node_modules", "dynalite"));
        }

        var bin = Path.GetDirectoryName(node)!;
        candidates.Add(Path.Combine(bin, "node_modules", "dynalite"));
        candidates.Add(Path.GetFullPath(Path.Combine(bin, "..", "lib", "node_modules", "dynalite")));
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "package.json")));
    }
}
