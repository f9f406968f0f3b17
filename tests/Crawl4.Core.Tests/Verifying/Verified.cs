using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>Runs verifications and repairs as tests want them: nothing settles for long.</summary>
internal static class Verified
{
    public const int Seed = 20261122;

    public static VerificationOptions Options(VerificationMode mode = VerificationMode.Full) =>
        new() { Mode = mode, Seed = Seed, SettlingTime = TimeSpan.FromMilliseconds(1), SafeAge = TimeSpan.Zero };

    public static async Task<(VerificationReport Report, List<Mismatch> Found)> RunAsync(
        VerifiedPair pair, VerificationOptions? options = null, CacheFolder? folder = null, List<Mismatch>? found = null,
        CancellationToken cancellationToken = default)
    {
        found ??= [];
        var check = new ConsistencyCheck(
            pair, new RolloutState { Stage = RolloutStage.DualWrite, Revision = 3 }, folder, options ?? Options());
        var report = await check.RunAsync((mismatch, _) =>
        {
            lock (found)
            {
                found.Add(mismatch);
            }

            return ValueTask.CompletedTask;
        }, cancellationToken);
        return (report, found);
    }

    public static async Task<List<RepairOutcome>> RepairAsync(VerifiedPair pair, IEnumerable<Mismatch> found, bool allowsDelete = true)
    {
        var repair = new ConsistencyRepair(pair, new RepairOptions { AllowsDelete = allowsDelete, SafeAge = TimeSpan.Zero });
        var outcomes = new List<RepairOutcome>();
        foreach (var mismatch in found)
        {
            outcomes.Add(await repair.RepairAsync(mismatch, CancellationToken.None));
        }

        return outcomes;
    }

    public static CacheFolder Folder(TemporaryFolder work)
    {
        var folder = CacheFolder.Resolve(work.Path, _ => null);
        Directory.CreateDirectory(folder.Path);
        return folder;
    }
}
