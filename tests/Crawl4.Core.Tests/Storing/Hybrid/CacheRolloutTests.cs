using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>A whole rollout over both real stores, there and back.</summary>
public sealed class CacheRolloutTests : IAsyncLifetime
{
    private const int Pages = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly List<CacheStores> _opened = [];
    private TestTables? _tables;

    public async Task InitializeAsync()
    {
        if (Requirement.SkipReason(Requirement.Dynalite) is null)
        {
            _tables = await TestTables.NewAsync();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var stores in _opened)
        {
            await stores.DisposeAsync();
        }

        if (_tables is not null)
        {
            await _tables.DisposeAsync();
        }

        _folder.Dispose();
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task ThereAndBack_EveryStep_AnswersWhatWasWrittenLast()
    {
        var stores = Open();
        await WriteAsync(stores, 0);
        var steps = new (RolloutChange Change, string Summary)[]
        {
            (new() { Stage = RolloutStage.DualWrite }, "DualWrite"),
            (Percent(10), "Ramp 10 %"),
            (Percent(50), "Ramp 50 %"),
            (Percent(100), "Ramp 100 %"),
            (Percent(0), "DualWrite"),
            (new() { Stage = RolloutStage.SqliteOnly }, "SqliteOnly"),
            (Percent(100), "Ramp 100 %"),
        };
        foreach (var (step, (change, summary)) in steps.Index())
        {
            var (_, after) = await stores.Rollout.ChangeAsync(change, null, default);
            Assert.Equal(summary, after.Summary);
            await AssertReadsAsync(stores, step);
            await WriteAsync(stores, step + 1);
            await AssertReadsAsync(stores, step + 1);
            await AssertReadsAsync(Open(), step + 1);
        }

        Assert.True(await stores.DrainAsync(default));
        Assert.Equal(Pages, await stores.DynamoDb.CountAsync(CacheQuery.All, default));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task LeavingDynamoDbOnly_ReadsStayUntilSqliteHasCaughtUp()
    {
        var stores = Open();
        await stores.Rollout.ChangeAsync(Percent(100), null, default);
        await WriteAsync(stores, 1);
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(() => stores.Rollout.ChangeAsync(
            new RolloutChange { Stage = RolloutStage.DynamoDbOnly }, null, default));
        Assert.Equal(Crawl4ErrorCode.RolloutNotReady, refused.Code);
        Assert.Contains("verification", refused.Message, StringComparison.Ordinal);

        var state = await stores.Rollout.GetAsync(default);
        new VerificationMarkFile(stores.Folder).Write(new VerificationMark(
            state.ChangedAt, TimeProvider.System.GetUtcNow(), state.Revision, Pages, MismatchCount: 0, IsWhole: true));
        await stores.Rollout.ChangeAsync(new RolloutChange { Stage = RolloutStage.DynamoDbOnly }, null, default);
        await WriteAsync(stores, 2);
        await stores.Rollout.ChangeAsync(Percent(100), null, default);
        await WriteAsync(stores, 3, pages: Pages / 2);
        await AssertReadsAsync(stores, 3, pages: Pages / 2);
        Assert.Equal("text 2", (await stores.Store.GetAsync(Url(Pages - 1), default))!.Markdown);

        var behind = await Assert.ThrowsAsync<Crawl4Exception>(() => stores.Rollout.ChangeAsync(Percent(50), null, default));
        Assert.Contains("ToSqlite", behind.Message, StringComparison.Ordinal);
        await stores.Rollout.ChangeAsync(new RolloutChange { SqliteCaughtUp = true }, null, default);
        Assert.Equal(50, (await stores.Rollout.ChangeAsync(Percent(50), null, default)).After.Percentage.Value);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Advance_EnoughGoodReads_TakesTheNextStepAndSaysWhy()
    {
        var stores = Open();
        await WriteAsync(stores, 0);
        await stores.Rollout.ChangeAsync(Percent(100), null, default);
        await stores.Rollout.ChangeAsync(Percent(50), null, default);
        var limits = GuardLimits.Default with { MinObservations = 20, MaxP99 = TimeSpan.FromMinutes(1) };
        var early = await stores.Rollout.AdvanceAsync(limits, "me@here", rehearse: false, default);
        Assert.Equal((GuardOutcome.Hold, 50m), (early.Verdict.Outcome, early.After.Percentage.Value));

        // Another process's reads count as well.
        var other = Open();
        await AssertReadsAsync(other, 0);
        await other.DisposeAsync();
        var advance = await stores.Rollout.AdvanceAsync(limits, "me@here", rehearse: false, default);
        Assert.Equal((GuardOutcome.Advance, 75m), (advance.Verdict.Outcome, advance.After.Percentage.Value));
        var lines = new List<RolloutAuditLine>();
        await foreach (var line in stores.AuditLog.ReadAsync(default))
        {
            lines.Add(line);
        }

        Assert.Equal("me@here", lines[^1].To.ChangedBy);
        Assert.Equal(advance.Window, lines[^1].Window);
        Assert.InRange(lines[^1].Window!.DynamoDb.Observations, 20, Pages);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Advance_ChangedBySomebodyElseSinceItWasJudged_ChangesNothing()
    {
        var stores = Open();
        await WriteAsync(stores, 0);
        await stores.Rollout.ChangeAsync(Percent(50), null, default);
        await AssertReadsAsync(stores, 0);
        var limits = GuardLimits.Default with { MinObservations = 1, MaxP99 = TimeSpan.FromMinutes(1) };
        var asked = new List<RolloutAdvance>();
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(() => stores.Rollout.AdvanceAsync(limits, "me@here", async would =>
        {
            asked.Add(would);
            await stores.Rollout.ChangeAsync(Percent(0), null, default);
            return true;
        }, default));
        Assert.Equal(Crawl4ErrorCode.RolloutConflict, refused.Code);
        Assert.Equal("Ramp 75 %", Assert.Single(asked).After.Summary);
        Assert.Equal(0m, (await stores.Rollout.GetAsync(default)).Percentage.Value);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Control_ItemInDynamoDb_ReachesAnotherMachine()
    {
        var here = Open();
        await here.Rollout.ChangeAsync(Percent(25) with { Reason = "go" }, null, default);
        using var elsewhere = new TemporaryFolder();
        await using var there = Open(elsewhere.Path);
        Assert.Equal(
            (await here.Rollout.GetAsync(default)).Salt, (await there.Rollout.GetAsync(default)).Salt);
        Assert.Equal("go", (await there.Rollout.GetAsync(default)).Reason);
    }

    private static string Url(int page) => $"https://example.com/{page}";

    private static RolloutChange Percent(int percent) =>
        new() { Percentage = RolloutPercentage.From(percent, "test") };

    private static async Task WriteAsync(CacheStores stores, int round, int pages = Pages)
    {
        for (var page = 0; page < pages; page++)
        {
            await stores.Store.PutAsync(
                new CacheEntry { Url = Url(page), Html = $"<p>{round}", Markdown = $"text {round}" }, default);
        }
    }

    private static async Task AssertReadsAsync(CacheStores stores, int round, int pages = Pages)
    {
        for (var page = 0; page < pages; page++)
        {
            Assert.Equal($"text {round}", (await stores.Store.GetAsync(Url(page), default))?.Markdown);
        }
    }

    private CacheStores Open(string? folder = null)
    {
        var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(folder ?? _folder.Path, _ => null),
            DynamoDb = _tables!.Options,
            Hybrid = new HybridOptions { ReadDeadline = TimeSpan.FromSeconds(30) },
            Environment = _ => null,
        });
        _opened.Add(stores);
        return stores;
    }
}
