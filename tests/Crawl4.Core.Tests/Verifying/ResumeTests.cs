using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A verification that is stopped goes on where it was and finds what an undisturbed one finds.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Rows = 40_000;

    private readonly TemporaryFolder _work = new();
    private readonly RowStore _sqlite = new("sqlite", parts: 1);
    private readonly RowStore _dynamoDb = new("dynamodb", parts: 4);

    public ResumeTests()
    {
        for (var i = 0; i < Rows; i++)
        {
            var entry = new CacheEntry { Url = $"https://example.com/{i:D6}", Html = $"{i}", Version = 7 };
            _sqlite.Set(entry);
            _dynamoDb.Set(entry);
        }

        _sqlite.Damage("https://example.com/000001");
        _dynamoDb.Remove("https://example.com/020000");
        _dynamoDb.Damage("https://example.com/039999");
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData(10_000)]
    [InlineData(30_000)]
    [InlineData(79_000)]
    [InlineData(79_998)]
    public async Task Full_StoppedAnywhere_GoesOnAndFindsTheSame(int stopAfter)
    {
        var folder = Verified.Folder(_work);
        var read = 0;
        using var stop = new CancellationTokenSource();
        Func<string, Task> counting = async _ =>
        {
            if (Interlocked.Increment(ref read) == stopAfter)
            {
                await stop.CancelAsync();
            }
        };
        (_sqlite.Before, _dynamoDb.Before) = (counting, counting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Verified.RunAsync(Pair, folder: folder, cancellationToken: stop.Token));
        var before = read;
        var (report, _) = await Verified.RunAsync(Pair, folder: folder);
        Assert.True(report.WasResumed);
        Assert.Equal((Rows, Rows - 1), (report.Sqlite.Entries, report.DynamoDb.Entries));
        Assert.Equal((1, 2), (report.Counts[MismatchKind.MissingInDynamoDb], report.Counts[MismatchKind.Damaged]));
        Assert.Equal(VerificationVerdict.Different, report.Verdict);
        // What was read before was not read again, but for what was under way.
        Assert.InRange(read - before, 1, (2 * Rows) - (stopAfter / 3) + 200);
        Assert.False(File.Exists(Path.Combine(folder.Path, "crawl4_verification.checkpoint")));
    }

    [Fact]
    public async Task Full_ToldToStartAnew_ReadsEverything()
    {
        var folder = Verified.Folder(_work);
        await StopAsync(folder);
        var (report, _) = await Verified.RunAsync(Pair, Verified.Options() with { StartsAnew = true }, folder);
        Assert.False(report.WasResumed);
        Assert.Equal(Rows, report.Sqlite.Entries);
    }

    [Fact]
    public async Task Full_CheckpointCutOff_StartsAnew()
    {
        var folder = Verified.Folder(_work);
        await StopAsync(folder);
        var path = Path.Combine(folder.Path, "crawl4_verification.checkpoint");
        await using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        var (report, _) = await Verified.RunAsync(Pair, folder: folder);
        Assert.False(report.WasResumed);
        Assert.Equal(3, report.MismatchCount);
    }

    [Fact]
    public async Task Full_WhileAnotherOneRuns_IsRefused()
    {
        var folder = Verified.Folder(_work);
        using var stop = new CancellationTokenSource();
        var reading = new TaskCompletionSource();
        _sqlite.Before = async _ =>
        {
            reading.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        };
        var first = Verified.RunAsync(Pair, folder: folder, cancellationToken: stop.Token);
        await reading.Task;
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(() => Verified.RunAsync(Pair, folder: folder));
        Assert.Equal(Crawl4ErrorCode.StoreBusy, refused.Code);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Full_Ended_LeavesAMarkOfWhatItFound()
    {
        var folder = Verified.Folder(_work);
        var marks = new VerificationMarkFile(folder);
        Assert.Null(marks.Read());
        var (report, _) = await Verified.RunAsync(Pair, folder: folder);
        var mark = marks.Read()!;
        Assert.Equal((3L, (long)Rows, 3L, true), (mark.Revision, mark.EntryCount, mark.MismatchCount, mark.IsWhole));
        Assert.Equal(report.BegunAt, mark.BegunAt);
        // Without DynamoDB's content it is no verification of everything.
        await Verified.RunAsync(Pair, Verified.Options() with { ChecksContent = false }, folder);
        Assert.False(marks.Read()!.IsWhole);
    }

    [Fact]
    public async Task Full_StoreGoesAway_SaysWhatWasNotLookedAt()
    {
        var away = new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", "dynamodb");
        _dynamoDb.Before = url => UrlLeaf.Of(url) % 4 == 2 ? throw away.ToException() : Task.CompletedTask;
        var (report, found) = await Verified.RunAsync(Pair);
        Assert.Contains(report.NotLookedAt, reason => reason.Contains("Part 3 of 4", StringComparison.Ordinal));
        Assert.NotEqual(VerificationVerdict.Equal, report.Verdict);
        Assert.DoesNotContain(found, one => one.Kind is MismatchKind.MissingInDynamoDb);
    }

    [Fact]
    public async Task Full_StoreNeverAnswers_FailsWithTheReason()
    {
        var away = new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Connection refused.", "dynamodb");
        _dynamoDb.Before = _ => throw away.ToException();
        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => Verified.RunAsync(Pair));
        Assert.Equal(away, failure.Error);
    }

    private VerifiedPair Pair => new(_sqlite, _dynamoDb, null);

    private async Task StopAsync(CacheFolder folder)
    {
        using var stop = new CancellationTokenSource();
        var read = 0;
        _sqlite.Before = async _ =>
        {
            if (Interlocked.Increment(ref read) == Rows / 2)
            {
                await stop.CancelAsync();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Verified.RunAsync(Pair, folder: folder, cancellationToken: stop.Token));
        _sqlite.Before = _ => Task.CompletedTask;
    }
}
