using Crawl4.Core.Fetching;
using Crawl4.Core.Fetching.Exchange;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.Fetching;

public sealed class CookieSessionTests
{
    [Fact]
    public async Task Fetch_SameSession_SendsItsCookiesAndNoOthers()
    {
        await using var site = await TestSite.StartAsync();
        site.Map("/set", context =>
        {
            context.Response.Headers.Append(
                "Set-Cookie", "id=1; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT");
            context.Response.Headers.Append("Set-Cookie", "b=2; HttpOnly");
            context.Response.Headers.Append("Set-Cookie", "safe=3; Secure");
            context.Response.Headers.Append("Set-Cookie", "other=4; Domain=example.com");
            context.Response.Headers.Append("Set-Cookie", "=;;;,");
            return Task.CompletedTask;
        }).MapHtml("/get", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher();
        Task<FetchedPage> Get(string path, string? session) => fetcher.FetchAsync(
            new FetchRequest { Url = site.UrlOf(path), SessionId = session }, CancellationToken.None);

        await Get("/set", "one");
        await Get("/get", "one");
        await Get("/get", "two");
        await Get("/get", null);
        await Get("/set", null);
        await Get("/get", null);

        var sent = site.Hits.Where(
            hit => hit.Target == "/get").Select(hit => hit.Headers.GetValueOrDefault("Cookie")).ToList();
        Assert.Equal(["id=1; b=2", null, null, null], sent);
    }

    [Fact]
    public async Task Fetch_CookieHeaderGiven_StandsBesideTheSessions()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/get", "x");
        site.Map("/set", context =>
        {
            context.Response.Headers.SetCookie = "a=1; Path=/";
            return Task.CompletedTask;
        });
        using var fetcher = FetchSetup.Fetcher();
        await fetcher.FetchAsync(
            new FetchRequest { Url = site.UrlOf("/set"), SessionId = "s" }, CancellationToken.None);

        await fetcher.FetchAsync(
            new FetchRequest
            {
                Url = site.UrlOf("/get"),
                SessionId = "s",
                Headers = new Dictionary<string, string> { ["Cookie"] = "mine=0" },
            },
            CancellationToken.None);

        Assert.Equal("mine=0; a=1", site.Hits[^1].Headers["Cookie"]);
    }

    [Fact]
    public void JarOf_MoreSessionsThanAllowed_ForgetsTheLongestUnused()
    {
        var sessions = new CookieSessions();
        var first = sessions.JarOf("0");
        var second = sessions.JarOf("1");
        for (var n = 2; n < CookieSessions.MaxSessions; n++)
        {
            sessions.JarOf($"{n}");
        }

        Assert.Same(first, sessions.JarOf("0"));
        sessions.JarOf("one more");

        Assert.Equal(CookieSessions.MaxSessions, sessions.Count);
        Assert.Same(first, sessions.JarOf("0"));
        Assert.NotSame(second, sessions.JarOf("1"));
    }
}
