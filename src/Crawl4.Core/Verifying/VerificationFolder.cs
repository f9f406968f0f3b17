using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Verifying;

/// <summary>What a full verification keeps in the cache folder: how far it is, what it has found, and the mark that it
/// leaves. Where the folder cannot be written it is done without.</summary>
internal sealed class VerificationFolder(
    CacheFolder folder, VerifiedPair pair, RolloutState rollout, VerificationOptions options)
{
    /// <summary>What was found by the last full verification, a line of JSON each.</summary>
    public const string LogName = "crawl4_verification.jsonl";

    private const string LockName = "crawl4_verification.lock";

    /// <summary>A run that is killed reads again what it read since.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Another verification takes minutes or hours: it is not waited for.</summary>
    private static readonly TimeSpan LockDeadline = TimeSpan.Zero;

    private readonly CheckpointFile _checkpoint = new(folder.Path);

    /// <summary>Another one is not gone on with: other stores, another rollout, another depth.</summary>
    private string Kind => $"{pair.Sqlite.Description}\n{pair.DynamoDb.Description}\n{rollout.Revision}\n{options.ChecksContent}";

    public async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.TakeAsync(
                Path.Combine(folder.Path, LockName), LockDeadline, options.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Crawl4Exception held) when (held.Code == Crawl4ErrorCode.StoreBusy)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreBusy, $"Another process verifies the cache '{folder.Path}'.", folder.Path)
            { Advice = "Wait for it to end, or stop it." }.ToException(held);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ReadOnly(error);
        }
    }

    public VerificationState? Resume() =>
        options.StartsAnew ? null : _checkpoint.Read(Kind, options.TimeProvider.GetUtcNow());

    public MismatchFile OpenLog(long length)
    {
        try
        {
            return new MismatchFile(Path.Combine(folder.Path, LogName), length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ReadOnly(error);
        }
    }

    /// <summary>Keeps how far it is, now and then and once more at the end.</summary>
    public async Task KeepAsync(VerificationRun run, MismatchFile log, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
                Save(run, log);
            }
        }
        finally
        {
            Save(run, log);
        }
    }

    /// <summary>The verification has ended: nothing is gone on with any more.</summary>
    public void End(VerificationReport report)
    {
        // Without DynamoDB's content not everything was looked at, whatever the verdict on the rest.
        var whole = options.ChecksContent && report.Pending + report.Unsettled == 0 && report.NotLookedAt.Count == 0;
        new VerificationMarkFile(folder).Write(new VerificationMark(
            report.BegunAt, report.EndedAt, report.Revision, report.Sqlite.Entries, report.MismatchCount, whole));
        _checkpoint.Delete();
    }

    private void Save(VerificationRun run, MismatchFile log)
    {
        try
        {
            _checkpoint.Write(Kind, run, () =>
            {
                log.Flush();
                return log.Length;
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            options.Events.Warn(
                EventIds.CheckpointFailed, $"How far the verification is could not be kept: {error.Message}");
        }
    }

    private Crawl4Exception ReadOnly(Exception cause) => new Crawl4Error(
        Crawl4ErrorCode.StoreReadOnly, $"The cache folder '{folder.Path}' cannot be written: {cause.Message}", folder.Path)
    {
        Advice = "A full verification keeps there how far it is. Give write permission, or verify a sample.",
    }.ToException(cause);
}
