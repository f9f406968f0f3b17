using System.Text;
using Crawl4.Core.Fetching;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.Fetching;

public sealed class HttpPageFetcherTests
{
    [Fact]
    public async Task Fetch_HtmlPage_GivesContentStatusAndHeadersAsSent()
    {
        await using var server = RawServer.Answering(RawServer.Answer(
            Encoding.UTF8.GetBytes("<p>Grüße</p>"),
            "content-TYPE: text/html; charset=utf-8\r\nX-One: a\r\nx-one: b\r\nSet-Cookie: a=1, b\r\nSet-Cookie: c=2\r\n"));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Null(page.Error);
        Assert.Equal(200, page.StatusCode);
        Assert.Equal("<p>Grüße</p>", page.Content);
        Assert.Equal(14, page.BodyBytes);
        Assert.Equal("utf-8", page.Charset);
        Assert.Equal(PageKind.Html, page.Kind);
        Assert.Equal("a, b", page.Headers["X-ONE"]);
        Assert.Contains("X-One", page.Headers.Keys);
        Assert.Equal("a=1, b\nc=2", page.Headers["Set-Cookie"]);
        Assert.Equal(server.Url, page.FinalUrl);
    }

    [Fact]
    public async Task Fetch_NoHeadersGiven_SendsSensibleDefaults()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");

        await FetchSetup.FetchAsync(site.Url);

        var hit = Assert.Single(site.Hits);
        Assert.StartsWith("text/html,application/xhtml+xml", hit.Headers["Accept"]);
        Assert.Equal("gzip, deflate, br", hit.Headers["Accept-Encoding"]);
        Assert.Equal("en-US,en;q=0.5", hit.Headers["Accept-Language"]);
        Assert.Equal(FetchSetup.ShellOptions.UserAgent, hit.Headers["User-Agent"]);
        Assert.False(hit.Headers.ContainsKey("Cookie"));
        Assert.False(hit.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Fetch_HeadersGiven_TakeThePlaceOfDefaults()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher();

        await fetcher.FetchAsync(
            new FetchRequest
            {
                Url = site.Url,
                Method = "post",
                Body = Encoding.UTF8.GetBytes("{\"a\":1}"),
                Headers = new Dictionary<string, string>
                {
                    ["user-agent"] = "mine/1 (odd; [agent",
                    ["ACCEPT"] = "text/plain",
                    ["Content-Type"] = "application/json",
                    ["X-Key"] = "ключ",
                    ["Connection"] = "close",
                },
            },
            CancellationToken.None);

        var hit = Assert.Single(site.Hits);
        Assert.Equal("POST", hit.Method);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(hit.Body));
        Assert.Equal("mine/1 (odd; [agent", hit.Headers["User-Agent"]);
        Assert.Equal("text/plain", hit.Headers["Accept"]);
        Assert.Equal("application/json", hit.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("X-A", "one\r\nX-Evil: two")]
    [InlineData("X-A", "one\ntwo")]
    [InlineData("X-A", "nul\0")]
    [InlineData("X A", "b")]
    [InlineData("", "b")]
    [InlineData("X-A\r\nX-Evil", "b")]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    public async Task Fetch_HeaderThatCannotBeSent_IsOptionInvalidAndSendsNothing(string name, string value)
    {
        await using var site = await TestSite.StartAsync();
        using var fetcher = FetchSetup.Fetcher();

        var page = await fetcher.FetchAsync(
            new FetchRequest { Url = site.Url, Headers = new Dictionary<string, string> { [name] = value } },
            CancellationToken.None);

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, page.Error?.Code);
        Assert.DoesNotContain("two", page.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(site.Hits);
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\r\nHost: evil\r\n\r\nGET")]
    [InlineData("CONNECT")]
    [InlineData("trace")]
    [InlineData("")]
    public async Task Fetch_MethodThatCannotBeSent_IsOptionInvalid(string method)
    {
        using var fetcher = FetchSetup.Fetcher();

        var page = await fetcher.FetchAsync(
            new FetchRequest { Url = "http://127.0.0.1:1/", Method = method }, CancellationToken.None);

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_HeadRequest_HasHeadersAndNoBody()
    {
        await using var site = (await TestSite.StartAsync()).MapBytes("/", new byte[500], "text/html");
        using var fetcher = FetchSetup.Fetcher();

        var page = await fetcher.FetchAsync(
            new FetchRequest { Url = site.Url, Method = "HEAD" }, CancellationToken.None);

        Assert.Null(page.Error);
        Assert.Equal("", page.Content);
        Assert.Equal("500", page.Headers["Content-Length"]);
        Assert.Equal(PageKind.Html, page.Kind);
    }

    [Fact]
    public async Task Fetch_ValidatorsThatStillHold_IsNotModified()
    {
        await using var site = (await TestSite.StartAsync()).MapTagged("/", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher();
        var first = await fetcher.GetAsync(site.Url);

        var second = await fetcher.FetchAsync(
            new FetchRequest { Url = site.Url, IfNoneMatch = first.Headers["ETag"] }, CancellationToken.None);

        Assert.True(second.NotModified);
        Assert.Null(second.Error);
        Assert.Equal("", second.Content);
        Assert.Equal(first.Headers["ETag"], second.Headers["ETag"]);
    }

    [Fact]
    public async Task Fetch_DateAsValidator_IsSentAsTheServerWroteIt()
    {
        const string Date = "Tue, 01 Jul 2025 10:00:00 GMT";
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher();

        await fetcher.FetchAsync(
            new FetchRequest { Url = site.Url, IfModifiedSince = Date }, CancellationToken.None);

        Assert.Equal(Date, site.Hits[0].Headers["If-Modified-Since"]);
    }

    [Fact]
    public async Task Fetch_NotModifiedThatNobodyAskedFor_IsAnError()
    {
        await using var server = RawServer.Answering("HTTP/1.1 304 Not Modified\r\n\r\n");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageFailed, page.Error?.Code);
    }

    [Theory]
    [InlineData(404, Crawl4ErrorCode.PageNotFound)]
    [InlineData(410, Crawl4ErrorCode.PageNotFound)]
    [InlineData(401, Crawl4ErrorCode.PageForbidden)]
    [InlineData(402, Crawl4ErrorCode.PageForbidden)]
    [InlineData(403, Crawl4ErrorCode.PageForbidden)]
    [InlineData(407, Crawl4ErrorCode.PageForbidden)]
    [InlineData(451, Crawl4ErrorCode.PageForbidden)]
    [InlineData(429, Crawl4ErrorCode.RateLimited)]
    [InlineData(400, Crawl4ErrorCode.PageFailed)]
    [InlineData(418, Crawl4ErrorCode.PageFailed)]
    [InlineData(500, Crawl4ErrorCode.PageUnavailable)]
    [InlineData(503, Crawl4ErrorCode.PageUnavailable)]
    [InlineData(599, Crawl4ErrorCode.PageFailed)]
    public async Task Fetch_ErrorStatus_IsAnErrorThatKeepsTheContent(int status, Crawl4ErrorCode code)
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/page", "<p>sörry</p>", status);

        var page = await FetchSetup.FetchAsync(site.UrlOf("/page"));

        Assert.Equal(code, page.Error?.Code);
        Assert.Equal(status, page.StatusCode);
        Assert.Equal("<p>sörry</p>", page.Content);
        Assert.Contains("/page", page.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_TooManyRequests_SaysHowLongToWait()
    {
        await using var site = (await TestSite.StartAsync()).MapBytes(
            "/", [], "text/html", 429, new Dictionary<string, string> { ["Retry-After"] = "120" });

        var page = await FetchSetup.FetchAsync(site.Url);

        Assert.Contains("120", page.Error!.Advice, StringComparison.Ordinal);
        Assert.True(page.Error.IsTransient);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    public async Task Fetch_StatusWithoutContent_IsAnEmptySuccess(int status)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Null(page.Error);
        Assert.Equal("", page.Content);
    }

    [Fact]
    public async Task Fetch_PartThatNobodyAskedFor_IsNoSuccess()
    {
        await using var server = RawServer.Answering(
            RawServer.Answer("half"u8.ToArray(), status: "206 Partial Content"));

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageFailed, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_EarlyHints_WaitsForTheAnswer()
    {
        await using var server = RawServer.Answering(
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal((200, "ok"), (page.StatusCode, page.Content));
    }

    [Fact]
    public async Task Fetch_CredentialGiven_IsSentAsBasicAtOnce()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher();

        await fetcher.FetchAsync(
            new FetchRequest { Url = site.Url, Credential = new("ann", "pä:ss") }, CancellationToken.None);

        var sent = site.Hits[0].Headers["Authorization"];
        Assert.Equal("ann:pä:ss", Encoding.UTF8.GetString(Convert.FromBase64String(sent["Basic ".Length..])));
    }

    [Fact]
    public async Task Fetch_CredentialInUrl_IsSentAndShownNowhere()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>", 403);
        var events = new RecordedEvents();
        using var fetcher = FetchSetup.Fetcher(events: events);

        var page = await fetcher.GetAsync(
            site.Url.Replace("://", "://ann:s%65cret@", StringComparison.Ordinal));

        var sent = site.Hits[0].Headers["Authorization"];
        Assert.Equal(
            "ann:secret", Encoding.UTF8.GetString(Convert.FromBase64String(sent["Basic ".Length..])));
        Assert.Equal(site.Url, page.FinalUrl);
        var shown = $"{page.FinalUrl} {page.Error} {string.Join(' ', events.All.Select(e => e.Message))}";
        Assert.DoesNotContain("ann", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ecret", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ManyAtOnce_EachGetsItsOwnPage()
    {
        await using var site = await TestSite.StartAsync();
        site.Map("/n", async context => await context.Response.WriteAsync(
            $"page {context.Request.Query["i"]}"));
        using var fetcher = FetchSetup.Fetcher();

        var pages = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => fetcher.GetAsync(site.UrlOf($"/n?i={i}"))));

        Assert.All(pages.Index(), pair => Assert.Equal($"page {pair.Index}", pair.Item.Content));
    }

    [Fact]
    public async Task Fetch_UnknownHost_SaysThatTheNameWasNotFound()
    {
        using var fetcher = FetchSetup.Fetcher(resolver: new ScriptedResolver());

        var page = await fetcher.GetAsync("http://no-such-host.example/");

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
        Assert.Contains("no-such-host.example was not found", page.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ClosedPort_SaysRefused()
    {
        int port;
        await using (var server = RawServer.Answering(""))
        {
            port = server.Port;
        }

        var page = await FetchSetup.FetchAsync($"http://127.0.0.1:{port}/");

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
        Assert.Contains("refused", page.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ConnectionReset_IsUnreachable()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task Fetch_AnswerThatIsNotHttp_IsAnError(string answer)
    {
        await using var server = RawServer.Answering(answer);

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Contains(
            page.Error?.Code, (
                Crawl4ErrorCode?[])[Crawl4ErrorCode.PageUnreadable, Crawl4ErrorCode.PageUnreachable]);
        Assert.Null(page.StatusCode);
    }

    [Fact]
    public async Task Fetch_ClosedWithoutAnswer_IsUnreachable()
    {
        await using var server = RawServer.Answering("");

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_HeadersWithoutEnd_AreRefused()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            while (!connection.Stopping.IsCancellationRequested)
            {
                await connection.SendAsync($"X-Filler: {new string('a', 4000)}\r\n");
            }
        });

        var page = await FetchSetup.FetchAsync(server.Url);

        Assert.Equal(Crawl4ErrorCode.PageTooLarge, page.Error?.Code);
    }
}
