using Crawl4.Core.Diagnostics;
using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Tests.Rollout;

public sealed class RolloutControlTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedEvents _events = new();
    private readonly CacheFolder _folder;
    private readonly RolloutStateFile _file;

    public RolloutControlTests()
    {
        _folder = CacheFolder.Resolve(_temporary.Path, _ => null);
        _file = new RolloutStateFile(_folder, TimeProvider.System);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Get_NothingThere_IsSqliteOnlyAndCreatesNothing()
    {
        await using var control = Control(null);
        Assert.Same(RolloutState.None, await control.GetAsync(default));
        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public async Task Change_ByAnotherProcess_IsSeenWithinFiveSeconds()
    {
        await using var one = Control(null);
        await using var other = Control(null);
        Assert.Equal(RolloutStage.SqliteOnly, (await one.GetAsync(default)).Stage);
        await ChangeAsync(other, new RolloutChange { Percentage = Percent(25) });
        Assert.Equal(RolloutStage.SqliteOnly, (await one.GetAsync(default)).Stage);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(25, (await one.GetAsync(default)).Percentage.Value);
    }

    [Fact]
    public async Task Change_State_ComesBackWhole()
    {
        await using var control = Control(null);
        var (_, after) = await ChangeAsync(control, new RolloutChange
        {
            Percentage = Percent(12.345m),
            Force = RolloutStore.DynamoDb,
            Allow = [HostPattern.Parse("*.a.example", "x")],
            Deny = [HostPattern.Parse("b.example", "x"), HostPattern.Parse("c.example", "x")],
            By = "me@here",
            Reason = "because “of this” \u0001",
        });
        Assert.Equal(after, await _file.ReadAsync(default));
        Assert.Equal("salt1", after.Salt);
    }

    [Fact]
    public async Task Change_EveryOne_IsALineOfTheAuditLog()
    {
        await using var control = Control(null);
        var window = new RolloutWindow(_time.GetUtcNow(), _time.GetUtcNow().AddSeconds(60),
            new StoreWindow(10, 1, TimeSpan.FromMilliseconds(1.5), TimeSpan.FromMilliseconds(20)),
            new StoreWindow(20, 0, TimeSpan.FromMilliseconds(2.5), TimeSpan.FromMilliseconds(30)), 0);
        await ChangeAsync(control, new RolloutChange { Stage = RolloutStage.DualWrite, Reason = "begin" });
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(5), Reason = "go" }, window);
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(5), Reason = "again" });
        await File.AppendAllTextAsync(Path.Combine(_folder.Path, RolloutAuditLog.FileName), "{\"from\":{\"revi");
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(10), Reason = "after a crash" });

        var lines = new List<RolloutAuditLine>();
        await foreach (var line in new RolloutAuditLog(_folder, _time).ReadAsync(default))
        {
            lines.Add(line);
        }

        Assert.Equal(["begin", "go", "after a crash"], lines.Select(line => line.To.Reason));
        Assert.Equal((RolloutStage.DualWrite, RolloutStage.Ramp), (lines[1].From.Stage, lines[1].To.Stage));
        Assert.Equal(window, lines[1].Window);
    }

    [Fact]
    public async Task Change_ByManyAtOnce_NoneIsLostWithoutAWord()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(async () =>
        {
            await using var control = Control(null);
            try
            {
                await ChangeAsync(control, new RolloutChange { Percentage = Percent(i) });
                return true;
            }
            catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.RolloutConflict)
            {
                return false;
            }
        })));
        var state = (await _file.ReadAsync(default))!;
        Assert.Equal(outcomes.Count(done => done), state.Revision);
        var logged = 0;
        await foreach (var _ in new RolloutAuditLog(_folder, _time).ReadAsync(default))
        {
            logged++;
        }

        Assert.Equal(state.Revision, logged);
    }

    [Fact]
    public async Task Get_DynamoDbHasANewerRevision_TakesItAndKeepsItBesideSqlite()
    {
        var remote = new RemoteDocument();
        await using var elsewhere = new RolloutControl(
            new RemoteDocument(), remote, new RolloutAuditLog(_folder, _time), _time, _events, () => "salt");
        await ChangeAsync(elsewhere, new RolloutChange { Percentage = Percent(50) });
        await using var control = Control(remote);
        Assert.Equal(50, (await control.GetAsync(default)).Percentage.Value);
        Assert.Equal(50, (await _file.ReadAsync(default))!.Percentage.Value);
    }

    [Fact]
    public async Task GoingBack_DynamoDbAway_WorksAndReachesItLater()
    {
        var remote = new RemoteDocument();
        await using var control = Control(remote);
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(50) });
        remote.IsAway = true;
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(10) });
        await ChangeAsync(control, new RolloutChange { Percentage = RolloutPercentage.Zero });
        Assert.Equal(RolloutStage.DualWrite, (await _file.ReadAsync(default))!.Stage);
        Assert.Equal(50, remote.State!.Percentage.Value);

        remote.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(5));
        await control.GetAsync(default);
        Assert.Equal((RolloutStage.DualWrite, 3), (remote.State!.Stage, remote.State.Revision));
    }

    [Fact]
    public async Task GoingForward_DynamoDbAway_IsRefusedAndChangesNothing()
    {
        var remote = new RemoteDocument { IsAway = true };
        await using var control = Control(remote);
        await Assert.ThrowsAsync<Crawl4Exception>(
            () => ChangeAsync(control, new RolloutChange { Percentage = Percent(50) }));
        Assert.Null(await _file.ReadAsync(default));
    }

    [Fact]
    public async Task Get_SameRevisionMadeTwiceApart_TheLessFarCounts()
    {
        var remote = new RemoteDocument();
        await using var control = Control(remote);
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(50) });
        var base1 = remote.State!;
        remote.State = base1 with { Revision = 2, Percentage = Percent(75) };
        await _file.TryReplaceAsync(base1 with { Revision = 2, Percentage = Percent(10) }, 1, default);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(10, (await control.GetAsync(default)).Percentage.Value);
    }

    [Fact]
    public async Task Get_OldRevisionComesBack_NeverCounts()
    {
        await using var control = Control(null);
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(5) });
        var old = await File.ReadAllBytesAsync(_file.Description);
        await ChangeAsync(control, new RolloutChange { Percentage = Percent(50) });
        await File.WriteAllBytesAsync(_file.Description, old);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(50, (await control.GetAsync(default)).Percentage.Value);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"revision":1,"algorithm":2,"salt":"s","stage":"Ramp","percentage":5,"changed_at":"2026-01-01","changed_by":"","reason":""}""")]
    [InlineData("""{"revision":1,"algorithm":1,"salt":"s","stage":"Sideways","percentage":5,"changed_at":"2026-01-01","changed_by":"","reason":""}""")]
    [InlineData("""{"revision":1,"algorithm":1,"salt":"s","stage":"1","percentage":5,"changed_at":"2026-01-01","changed_by":"","reason":""}""")]
    public async Task Get_FileThatIsNoState_SaysSoOrGoesOnWithWhatIsKnown(string text)
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_file.Description, text);
        await using var fresh = Control(null);
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => fresh.GetAsync(default).AsTask());
        Assert.Equal(Crawl4ErrorCode.RolloutStateInvalid, error.Code);
        Assert.Contains(_file.Description, error.Message, StringComparison.Ordinal);

        File.Delete(_file.Description);
        await using var knowing = Control(null);
        await ChangeAsync(knowing, new RolloutChange { Percentage = Percent(50) });
        await File.WriteAllTextAsync(_file.Description, text);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(50, (await knowing.GetAsync(default)).Percentage.Value);
        Assert.Contains(_events.All, item => item.Id == EventIds.RolloutUnreadable);
    }

    [Fact]
    public async Task Change_CheckRefuses_ChangesNothing()
    {
        await using var control = Control(null);
        await Assert.ThrowsAsync<InvalidOperationException>(() => control.ChangeAsync(
            new RolloutChange { Percentage = Percent(50) },
            (_, _) => throw new InvalidOperationException(), null, default));
        Assert.Null(await _file.ReadAsync(default));
    }

    private static RolloutPercentage Percent(decimal percent) => RolloutPercentage.From(percent, "x");

    private static Task<(RolloutState Before, RolloutState After)> ChangeAsync(
        RolloutControl control, RolloutChange change, RolloutWindow? window = null) =>
        control.ChangeAsync(change, (_, _) => Task.CompletedTask, window, default);

    private RolloutControl Control(RemoteDocument? remote)
    {
        var salts = 0;
        return new RolloutControl(_file, remote, new RolloutAuditLog(_folder, _time), _time, _events, () => $"salt{++salts}");
    }

    private sealed class RemoteDocument : IRolloutDocument
    {
        private readonly Lock _lock = new();

        public bool IsAway { get; set; }

        public RolloutState? State { get; set; }

        public string Description => "elsewhere";

        public Task<RolloutState?> ReadAsync(CancellationToken cancellationToken)
        {
            Answer();
            return Task.FromResult(State);
        }

        public Task<bool> TryReplaceAsync(
            RolloutState state, long expectedRevision, CancellationToken cancellationToken)
        {
            Answer();
            lock (_lock)
            {
                if ((State?.Revision ?? 0) != expectedRevision)
                {
                    return Task.FromResult(false);
                }

                State = state;
                return Task.FromResult(true);
            }
        }

        private void Answer()
        {
            if (IsAway)
            {
                throw new Crawl4Error(Crawl4ErrorCode.StoreUnavailable, "Away.", Description).ToException();
            }
        }
    }
}
