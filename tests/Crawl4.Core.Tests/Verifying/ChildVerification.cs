using System.Diagnostics;
using System.Runtime.CompilerServices;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.Hybrid;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>This assembly started once more as a process of its own that verifies a cache, and kills itself (SIGKILL) in a
/// named step, as soon as what it has done until then is written down.</summary>
internal static class ChildVerification
{
    private const string StepVariable = "CRAWL4_TEST_VERIFICATION_STEP";
    private const string FolderVariable = "CRAWL4_TEST_VERIFICATION_FOLDER";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    /// <returns>Its exit code.</returns>
    public static Task<int> RunAsync(string baseDirectory, DynamoDbOptions options, string step) =>
        ChildProcess.RunAsync(options, Deadline, (StepVariable, step), (FolderVariable, baseDirectory));

#pragma warning disable CA2255 // The only way in before the generated Main: the assembly is also this program.
    [ModuleInitializer]
    internal static void RunIfChild()
#pragma warning restore CA2255
    {
        if (Environment.GetEnvironmentVariable(StepVariable) is { } step)
        {
            // A thread that keeps the process alive after the generated Main has returned.
            new Thread(() =>
            {
                VerifyAsync(step).GetAwaiter().GetResult();
                Environment.Exit(0);
            }).Start();
        }
    }

    private static async Task VerifyAsync(string step)
    {
        var folder = CacheFolder.Resolve(Environment.GetEnvironmentVariable(FolderVariable), _ => null);
        await using var stores = new CacheStores(new CacheStoresOptions { Folder = folder });
        await Verified.RunAsync(
            VerifiedPair.Of(stores),
            Verified.Options() with
            {
                TimeProvider = new FastTime(), Progress = new KillInStep(step, Path.Combine(folder.Path, "crawl4_verification.checkpoint")),
            },
            folder);
    }

    /// <summary>Half of DynamoDB has been read, or the step has begun: from then on nothing goes on, the next checkpoint is
    /// waited for, and it ends there.</summary>
    private sealed class KillInStep(string step, string checkpoint) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value)
        {
            if (value.Step != step || value.DynamoDbEntries < KilledVerificationTests.Rows / 2)
            {
                return;
            }

            var before = Written();
            using var deadline = new CancellationTokenSource(Deadline);
            while (Written() == before && !deadline.IsCancellationRequested)
            {
                // The checkpoint is written by another thread, and who reports is held here.
                Thread.Yield();
            }

            Process.GetCurrentProcess().Kill();
        }

        private DateTime Written() => File.GetLastWriteTimeUtc(checkpoint);
    }

    /// <summary>What waits for seconds waits for a tenth of one.</summary>
    private sealed class FastTime : TimeProvider
    {
        private const int Times = 100;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Times : dueTime, period);
    }
}
