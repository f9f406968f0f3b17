using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>This assembly started once more as a process of its own, to be killed. It says on its output what
/// was acknowledged, line by line.</summary>
internal static class ChildWriter
{
    private const string ModeVariable = "CRAWL4_TEST_CHILD";
    private const string FolderVariable = "CRAWL4_TEST_CHILD_FOLDER";

    private const int MaxEntries = 20_000;

    public static CacheEntry Entry(int number) => new()
    {
        Url = $"https://example.com/{number % 100}",
        Html = $"<p>{number}</p>" + new string('h', 30_000),
        Markdown = $"# {number}",
        StatusCode = 200 + (number % 100),
        FitMarkdown = $"fit {number}",
        Version = number + 1,
    };

    public static Process Start(string mode, string folder, params IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildWriter).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [ModeVariable] = mode, [FolderVariable] = folder },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // The only way in before the generated Main: the assembly is also this program.
    [ModuleInitializer]
    internal static void RunIfChild()
#pragma warning restore CA2255
    {
        var mode = Environment.GetEnvironmentVariable(ModeVariable);
        if (mode is null)
        {
            return;
        }

        var folder = CacheFolder.Resolve(Environment.GetEnvironmentVariable(FolderVariable), _ => null);
        // A thread that keeps the process alive after the generated Main has returned. Waiting here instead
        // would keep every other thread from entering this assembly.
        new Thread(() =>
        {
            RunAsync(mode, folder).GetAwaiter().GetResult();
            Environment.Exit(0);
        }).Start();
    }

    private static Task RunAsync(string mode, CacheFolder folder) => mode switch
    {
        "upgrade" => UpgradeAsync(new SqliteCacheStore(new SqliteStoreOptions { Folder = folder })),
        "follow" => FollowAsync(new CacheStores(new CacheStoresOptions { Folder = folder })),
        "hybrid" => WriteAsync(new CacheStores(new CacheStoresOptions { Folder = folder }).Store),
        _ => WriteAsync(new SqliteCacheStore(new SqliteStoreOptions { Folder = folder })),
    };

    /// <summary>Says every state of the rollout that it hears of, until it is killed.</summary>
    private static async Task FollowAsync(CacheStores stores)
    {
        var last = "";
        // Bounded, so that a child whose parent died does not go on for ever.
        for (var round = 0; round < 6000; round++)
        {
            var state = await stores.StateAsync(CancellationToken.None);
            if (state.Summary != last)
            {
                last = state.Summary;
                await Console.Out.WriteLineAsync(last);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static async Task UpgradeAsync(SqliteCacheStore store)
    {
        await Console.Out.WriteLineAsync("started");
        await store.UpgradeAsync(rehearse: false, CancellationToken.None);
        await store.DisposeAsync();
    }

    private static async Task WriteAsync(ICacheStore store)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            // Bounded, so that a child whose parent died does not fill the disk.
            for (var number = Interlocked.Increment(ref next); number < MaxEntries;
                number = Interlocked.Increment(ref next))
            {
                var put = await store.PutAsync(Entry(number), CancellationToken.None);
                lock (store)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {put.Outcome}"));
                }
            }
        })));
    }
}
