using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

/// <summary>What every store of sessions must do. A store's test class inherits this and says how one is made.</summary>
public abstract class SessionStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private ISessionStore? _store;

    protected static CancellationToken None => CancellationToken.None;

    protected FakeTimeProvider Time { get; } = new();

    private ISessionStore Store => _store!;

    /// <summary>An empty store, or, called again, another one over the same data.</summary>
    protected abstract ValueTask<ISessionStore> OpenAsync();

    public virtual async Task InitializeAsync() => _store = await OpenAsync();

    public abstract Task DisposeAsync();

    [StoreFact]
    public async Task Put_NewSession_CanBeReadByAnotherStore()
    {
        const string Data = """{"cookies":[{"name":"é","value":"日本 🙂 \ud800"}],"empty":""}""";
        var put = await Store.PutAsync("session 1", Data, 0, None);
        Assert.True(put.Stored);
        Assert.True(put.Session!.Revision > 0);
        Assert.Equal((Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow() + Day),
            (put.Session.CreatedAt, put.Session.LastUsedAt, put.Session.ExpiresAt));
        Assert.Equal(put.Session, await (await OpenAsync()).GetAsync("session 1", None));
        Assert.Equal(Data, put.Session.Data);
    }

    [StoreFact]
    public async Task Put_WhatWasSeen_ReplacesAndKeepsWhenItWasMade()
    {
        var first = (await Store.PutAsync("a", "1", 0, None)).Session!;
        Time.Advance(TimeSpan.FromSeconds(10));
        var second = await Store.PutAsync("a", "2", first.Revision, None);
        Assert.True(second.Stored);
        var read = await Store.GetAsync("a", None);
        Assert.Equal(("2", first.CreatedAt, Time.GetUtcNow()), (read!.Data, read.CreatedAt, read.LastUsedAt));
        Assert.True(read.Revision > first.Revision);
    }

    [StoreFact]
    public async Task Put_AfterAnother_IsRefusedAndGivesWhatIsThere()
    {
        var seen = (await Store.PutAsync("a", "1", 0, None)).Session!;
        var winner = await Store.PutAsync("a", "2", seen.Revision, None);
        var loser = await Store.PutAsync("a", "3", seen.Revision, None);
        Assert.False(loser.Stored);
        Assert.Equal(winner.Session, loser.Session);
        Assert.Equal("2", (await Store.GetAsync("a", None))!.Data);
        Assert.False((await Store.PutAsync("a", "4", 0, None)).Stored);
    }

    [StoreFact]
    public async Task Put_OfManyAtOnce_LosesNone()
    {
        const int Writers = 8;
        var other = await OpenAsync();
        await Store.PutAsync("n", "0", 0, None);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var store = writer % 2 == 0 ? Store : other;
            var seen = (await store.GetAsync("n", None))!;
            while (true)
            {
                var count = int.Parse(seen.Data, System.Globalization.CultureInfo.InvariantCulture);
                var put = await store.PutAsync(
                    "n", (count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), seen.Revision, None);
                if (put.Stored)
                {
                    return;
                }

                seen = put.Session!;
            }
        }));
        Assert.Equal("8", (await Store.GetAsync("n", None))!.Data);
    }

    [StoreFact]
    public async Task Put_ToWhatIsGoneOrNeverWas_IsRefused()
    {
        var seen = (await Store.PutAsync("a", "1", 0, None)).Session!;
        await Store.DeleteAsync("a", None);
        Assert.Equal(new SessionPutResult(false, null), await Store.PutAsync("a", "2", seen.Revision, None));
        Assert.Equal(new SessionPutResult(false, null), await Store.PutAsync("never", "2", 1, None));
        Assert.Null(await Store.GetAsync("a", None));
        // A new one under the old id has another revision, so an old writer cannot take it for its own.
        var anew = (await Store.PutAsync("a", "3", 0, None)).Session!;
        Assert.NotEqual(seen.Revision, anew.Revision);
        Assert.False((await Store.PutAsync("a", "4", seen.Revision, None)).Stored);
    }

    [StoreFact]
    public async Task Session_NotUsedForItsTime_HasEndedForEveryCall()
    {
        var seen = (await Store.PutAsync("a", "1", 0, None)).Session!;
        Time.Advance(Day - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Store.GetAsync("a", None));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Store.GetAsync("a", None));
        Assert.Empty(await ListAsync());
        Assert.False(await Store.TouchAsync("a", None));
        Assert.False((await Store.PutAsync("a", "2", seen.Revision, None)).Stored);
        Assert.False(await Store.DeleteAsync("a", None));
        var anew = await Store.PutAsync("a", "3", 0, None);
        Assert.True(anew.Stored);
        Assert.Equal(Time.GetUtcNow(), anew.Session!.CreatedAt);
    }

    [StoreFact]
    public async Task Touch_OfOneThatGoesOn_ProlongsItAndDisturbsNoWriter()
    {
        var seen = (await Store.PutAsync("a", "1", 0, None)).Session!;
        Time.Advance(TimeSpan.FromHours(20));
        Assert.True(await Store.TouchAsync("a", None));
        Time.Advance(TimeSpan.FromHours(20));
        var read = await Store.GetAsync("a", None);
        Assert.Equal((Time.GetUtcNow() - TimeSpan.FromHours(20), seen.Revision), (read!.LastUsedAt, read.Revision));
        Assert.True((await Store.PutAsync("a", "2", seen.Revision, None)).Stored);
        Assert.False(await Store.TouchAsync("never", None));
    }

    [StoreFact]
    public async Task List_SomeEnded_GivesTheOthersWithTheirSizes()
    {
        await Store.PutAsync("old", "1", 0, None);
        Time.Advance(TimeSpan.FromHours(23));
        await Store.PutAsync("ü", "\"é\"", 0, None);
        await Store.PutAsync("b", "[1,2]", 0, None);
        Assert.Equal(["b", "old", "ü"], (await ListAsync()).Select(session => session.Id).Order(StringComparer.Ordinal));
        Time.Advance(TimeSpan.FromHours(1));
        var left = (await ListAsync()).OrderBy(session => session.Id, StringComparer.Ordinal).ToList();
        Assert.Equal([("b", 5L), ("ü", 4L)], left.Select(session => (session.Id, session.SizeBytes)));
        Assert.All(left, session => Assert.Equal(session.CreatedAt + Day, session.ExpiresAt));
    }

    [StoreFact]
    public async Task Delete_OfOneThatGoesOn_EndsIt()
    {
        await Store.PutAsync("a", "1", 0, None);
        await Store.PutAsync("b", "1", 0, None);
        Assert.True(await Store.DeleteAsync("a", None));
        Assert.False(await Store.DeleteAsync("a", None));
        Assert.Null(await Store.GetAsync("a", None));
        Assert.NotNull(await Store.GetAsync("b", None));
    }

    [StoreFact]
    public async Task Data_AtItsLimit_IsKept_AndBeyondRefused()
    {
        var most = "\"" + new string('x', (256 * 1024) - 2) + "\"";
        Assert.True((await Store.PutAsync(new string('i', 1024), most, 0, None)).Stored);
        Assert.Equal(most, (await Store.GetAsync(new string('i', 1024), None))!.Data);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync("a", most.Insert(1, "x"), 0, None));
    }

    [StoreTheory]
    [InlineData("", "1")]
    [InlineData("a\nb", "1")]
    [InlineData("a", "")]
    [InlineData("a", "{")]
    [InlineData("a", "1 2")]
    [InlineData("a", "secret")]
    public async Task Put_WhatCannotBeKept_IsRefusedWithoutQuotingIt(string id, string data)
    {
        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.PutAsync(id, data, 0, None));
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [StoreFact]
    public async Task Put_OfHalfACharacter_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync("half \ud800", "1", 0, None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync("a", "\"\ud800\"", 0, None));
    }

    [StoreFact]
    public async Task Text_OfASession_DoesNotHaveItsData() => Assert.DoesNotContain(
        "hidden", (await Store.PutAsync("a", "\"hidden\"", 0, None)).ToString(), StringComparison.Ordinal);

    private async Task<List<SessionSummary>> ListAsync()
    {
        var sessions = new List<SessionSummary>();
        await foreach (var session in Store.ListAsync(None))
        {
            sessions.Add(session);
        }

        return sessions;
    }
}
