using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crawl4.Core.Migrating;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.Hybrid;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>This assembly started once more as a process of its own that migrates a cache, and kills itself (SIGKILL) when
/// it has come to a named point for so many times.</summary>
internal static class ChildMigration
{
    private const string PointVariable = "CRAWL4_TEST_MIGRATION_POINT";
    private const string TimesVariable = "CRAWL4_TEST_MIGRATION_TIMES";
    private const string FolderVariable = "CRAWL4_TEST_MIGRATION_FOLDER";
    private const string DirectionVariable = "CRAWL4_TEST_MIGRATION_DIRECTION";

    /// <summary>For who need not wait until every process has heard of a change of the rollout.</summary>
    public static readonly TimeProvider Later = new LaterTime();

    /// <summary>Runs a child to its end.</summary>
    /// <returns>Its exit code: 0 where it was done before it came to the point.</returns>
    public static Task<int> RunAsync(
        string baseDirectory, DynamoDbOptions options, string point, int times,
        MigrationDirection direction = MigrationDirection.ToDynamoDb) => ChildProcess.RunAsync(
            options, TimeSpan.FromMinutes(2), (PointVariable, point),
            (TimesVariable, times.ToString(CultureInfo.InvariantCulture)), (FolderVariable, baseDirectory),
            (DirectionVariable, direction.ToString()));

#pragma warning disable CA2255 // The only way in before the generated Main: the assembly is also this program.
    [ModuleInitializer]
    internal static void RunIfChild()
#pragma warning restore CA2255
    {
        if (Environment.GetEnvironmentVariable(PointVariable) is { } point)
        {
            // A thread that keeps the process alive after the generated Main has returned.
            new Thread(() =>
            {
                MigrateAsync(point).GetAwaiter().GetResult();
                Environment.Exit(0);
            }).Start();
        }
    }

    private static async Task MigrateAsync(string point)
    {
        var left = int.Parse(Environment.GetEnvironmentVariable(TimesVariable)!, CultureInfo.InvariantCulture);
        var folder = CacheFolder.Resolve(Environment.GetEnvironmentVariable(FolderVariable), _ => null);
        var direction = Enum.Parse<MigrationDirection>(Environment.GetEnvironmentVariable(DirectionVariable)!);
        await using var stores = new CacheStores(new CacheStoresOptions { Folder = folder });
        var migration = new Migration(MigrationStores.Of(stores, "child"), new MigrationOptions
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(50),
            CheckpointInterval = TimeSpan.FromMilliseconds(5),
            LeaseTime = TimeSpan.FromMilliseconds(500),
            TimeProvider = direction == MigrationDirection.ToSqlite ? Later : TimeProvider.System,
            Reached = reached =>
            {
                if (reached == point && Interlocked.Decrement(ref left) == 0)
                {
                    Process.GetCurrentProcess().Kill();
                }
            },
        });
        await migration.RunAsync(
            new MigrationRequest { Direction = direction, Holder = new("child", "here", Environment.ProcessId) },
            null, CancellationToken.None);
    }

    private sealed class LaterTime : TimeProvider
    {
        private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
