using System.Text;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("/b", "/b")]
    [InlineData("b?x=1", "/dir/b?x=1")]
    [InlineData("../b", "/b")]
    [InlineData("?q", "/dir/a?q")]
    [InlineData("/with space", "/with%20space")]
    [InlineData("/stra\u00c3\u009fe", "/stra%C3%9Fe")]
    [InlineData("/caf%C3%A9", "/caf%C3%A9")]
    public async Task Fetch_RelativeLocation_IsFollowed(string location, string target)
    {
        await using var server = RawServer.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            await connection.SendAsync(request.StartsWith("GET /dir/a ", StringComparison.Ordinal)
                ? $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{request.Split(' ')[1]}");
        });

        var page = await FetchSetup.FetchAsync(server.Url + "dir/a");

        Assert.Null(page.Error);
        Assert.Equal(target, page.Content);
        Assert.Equal(1, page.RedirectCount);
        Assert.Equal(server.Url.TrimEnd('/') + target, page.FinalUrl);
    }

    [Theory]
    [InlineData(301, "POST", "GET", "")]
    [InlineData(302, "POST", "GET", "")]
    [InlineData(303, "POST", "GET", "")]
    [InlineData(303, "PUT", "GET", "")]
    [InlineData(303, "HEAD", "HEAD", "")]
    [InlineData(302, "PUT", "PUT", "body")]
    [InlineData(307, "POST", "POST", "body")]
    [InlineData(308, "POST", "POST", "body")]
    public async Task Fetch_Redirect_KeepsOrChangesTheMethodAsTheStandardSays(
        int status, string method, string then, string body)
    {
        await using var site = (
            await TestSite.StartAsync()).MapRedirect("/a", "/b", status).MapHtml("/b", "<p>b</p>");
        using var fetcher = FetchSetup.Fetcher();

        await fetcher.FetchAsync(
            new FetchRequest
            {
                Url = site.UrlOf("/a"),
                Method = method,
                Body = method == "HEAD" ? null : "body"u8.ToArray(),
                Headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain" },
            },
            CancellationToken.None);

        Assert.Equal(then, site.Hits[1].Method);
        Assert.Equal(body, Encoding.UTF8.GetString(site.Hits[1].Body));
    }

    [Fact]
    public async Task Fetch_RedirectChain_IsFollowedToTheLimitOnly()
    {
        await using var site = await TestSite.StartAsync();
        for (var n = 0; n < 21; n++)
        {
            site.MapRedirect($"/{n}", $"/{n + 1}");
        }

        site.MapHtml("/21", "<p>end</p>");

        var twenty = await FetchSetup.FetchAsync(site.UrlOf("/1"));
        var twentyOne = await FetchSetup.FetchAsync(site.UrlOf("/0"));

        Assert.Equal((20, null), (twenty.RedirectCount, twenty.Error));
        Assert.Equal(Crawl4ErrorCode.TooManyRedirects, twentyOne.Error?.Code);
        Assert.Equal((302, 20), (twentyOne.StatusCode, twentyOne.RedirectCount));
    }

    [Fact]
    public async Task Fetch_NoRedirectsAllowed_GivesTheRedirectItself()
    {
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", "/b");

        var page = await FetchSetup.FetchAsync(
            site.UrlOf("/a"), FetchSetup.ShellOptions with { MaxRedirects = 0 });

        Assert.Equal(Crawl4ErrorCode.TooManyRedirects, page.Error?.Code);
        Assert.Equal("/b", page.Headers["Location"]);
    }

    [Fact]
    public async Task Fetch_RedirectLoop_EndsAtOnceAndSaysSo()
    {
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", "/b").MapRedirect("/b", "/a");

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a"));

        Assert.Equal(Crawl4ErrorCode.TooManyRedirects, page.Error?.Code);
        Assert.Contains("circle", page.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(2, site.Hits.Count);
    }

    [Theory]
    [InlineData("/b", "#one")]
    [InlineData("/b#two", "#two")]
    public async Task Fetch_Fragment_IsInheritedUnlessTheRedirectHasOne(string location, string fragment)
    {
        await using var site = (
            await TestSite.StartAsync()).MapRedirect("/a", location).MapHtml("/b", "<p>b</p>");

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a#one"));

        Assert.Equal(site.UrlOf("/b") + fragment, page.FinalUrl);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("FILE:/etc/passwd")]
    [InlineData("raw:<h1>hi</h1>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hi")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Fetch_RedirectToAnotherScheme_IsRefusedEvenInAShell(string location)
    {
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", location);
        var events = new RecordedEvents();
        using var fetcher = FetchSetup.Fetcher(events: events);

        var page = await fetcher.GetAsync(site.UrlOf("/a"));

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Equal("", page.Content);
        Assert.Contains(events.All, e => e.Id == EventIds.EgressRefused);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http://[::1")]
    [InlineData("http://host:bad/")]
    public async Task Fetch_RedirectToNoUrl_IsAnError(string location)
    {
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", location);

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a"));

        Assert.Equal(Crawl4ErrorCode.PageUnreadable, page.Error?.Code);
        Assert.Equal(302, page.StatusCode);
    }

    [Fact]
    public async Task Fetch_RedirectWithoutLocation_IsAnErrorWithTheContent()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/a", "<p>moved</p>", 301);

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a"));

        Assert.Equal(Crawl4ErrorCode.PageFailed, page.Error?.Code);
        Assert.Equal("<p>moved</p>", page.Content);
    }

    [Fact]
    public async Task Fetch_MetaRefresh_IsNotFollowed()
    {
        await using var site = (await TestSite.StartAsync())
            .MapHtml("/a", "<meta http-equiv=refresh content='0;url=/b'>").MapHtml("/b", "b");

        await FetchSetup.FetchAsync(site.UrlOf("/a"));

        Assert.Equal(0, site.HitsOf("/b"));
    }

    [Fact]
    public async Task Fetch_RedirectToAnotherOrigin_LeavesEverySecretBehind()
    {
        await using var other = (await TestSite.StartAsync()).MapHtml("/b", "<p>b</p>");
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", other.UrlOf("/b"));
        other.MapRedirect("/back", site.UrlOf("/end"));
        site.MapRedirect("/round", other.UrlOf("/back")).MapHtml("/end", "<p>end</p>");
        using var fetcher = FetchSetup.Fetcher();
        FetchRequest Request(string path) => new()
        {
            Url = site.UrlOf(path),
            Credential = new("ann", "secret"),
            UserAgent = "mine",
            Headers = new Dictionary<string, string>
            {
                ["X-Api-Key"] = "secret", ["Cookie"] = "id=secret", ["Proxy-Authorization"] = "secret",
                    ["Accept"] = "text/x",
            },
        };

        await fetcher.FetchAsync(Request("/a"), CancellationToken.None);
        await fetcher.FetchAsync(Request("/round"), CancellationToken.None);

        Assert.Equal("secret", site.Hits[0].Headers["X-Api-Key"]);
        Assert.StartsWith("Basic", site.Hits[0].Headers["Authorization"]);
        var elsewhere = other.Hits.Concat(site.Hits.Where(hit => hit.Target == "/end"));
        Assert.All(elsewhere, hit => Assert.DoesNotContain(
            hit.Headers.Values, v => v.Contains("secret", StringComparison.Ordinal)));
        Assert.All(elsewhere, hit => Assert.False(hit.Headers.ContainsKey("Authorization")));
        Assert.Equal(
            ("mine", "text/x"), (other.Hits[0].Headers["User-Agent"], other.Hits[0].Headers["Accept"]));
    }

    [Fact]
    public async Task Fetch_RedirectWithinTheOrigin_KeepsCredentialAndHeaders()
    {
        await using var site = (
            await TestSite.StartAsync()).MapRedirect("/a", "/b").MapHtml("/b", "<p>b</p>");
        using var fetcher = FetchSetup.Fetcher();

        await fetcher.FetchAsync(
            new FetchRequest
            {
                Url = site.UrlOf("/a"),
                Credential = new("ann", "secret"),
                Headers = new Dictionary<string, string> { ["X-Api-Key"] = "k" },
            },
            CancellationToken.None);

        Assert.StartsWith("Basic", site.Hits[1].Headers["Authorization"]);
        Assert.Equal("k", site.Hits[1].Headers["X-Api-Key"]);
    }

    [Fact]
    public async Task Fetch_RedirectThatBringsCredentials_IgnoresThem()
    {
        await using var site = await TestSite.StartAsync();
        site.MapRedirect("/a", site.UrlOf(
            "/b").Replace("://", "://eve:pw@", StringComparison.Ordinal)).MapHtml("/b", "<p>b</p>");

        var page = await FetchSetup.FetchAsync(site.UrlOf("/a"));

        Assert.False(site.Hits[1].Headers.ContainsKey("Authorization"));
        Assert.Equal(site.UrlOf("/b"), page.FinalUrl);
    }

    [Fact]
    public async Task Fetch_CookieSetByAHop_ComesBackOnTheNextAndNoLonger()
    {
        await using var site = await TestSite.StartAsync();
        site.Map("/a", context =>
        {
            if (context.Request.Headers.Cookie.Count == 0)
            {
                context.Response.Headers.SetCookie = "seen=1; Path=/";
                context.Response.Headers.Location = "/a";
                context.Response.StatusCode = 302;
            }

            return Task.CompletedTask;
        });
        using var fetcher = FetchSetup.Fetcher();

        var first = await fetcher.GetAsync(site.UrlOf("/a"));
        await fetcher.GetAsync(site.UrlOf("/a"));

        Assert.Equal((200, null), (first.StatusCode, first.Error));
        Assert.Equal(4, site.Hits.Count);
        Assert.False(site.Hits[2].Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Fetch_Redirect_RaisesAnEvent()
    {
        await using var site = (await TestSite.StartAsync()).MapRedirect("/a", "/b").MapHtml("/b", "b");
        var events = new RecordedEvents();
        using var fetcher = FetchSetup.Fetcher(events: events);

        await fetcher.GetAsync(site.UrlOf("/a"));

        var raised = Assert.Single(events.All, e => e.Id == EventIds.RedirectFollowed);
        Assert.Equal($"302 {site.UrlOf("/a")} -> {site.UrlOf("/b")}", raised.Message);
    }
}
