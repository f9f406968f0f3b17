using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching.Egress;

public sealed class EgressTests
{
    private static readonly HttpFetchOptions Server = new() { ConnectTimeout = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://LOCALHOST.:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.0.0.1.:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    [InlineData("http://[0:0:0:0:0:ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("http://①②⑦.0.0.1:{0}/")]
    [InlineData("http://user@127.0.0.1:{0}/")]
    [InlineData("http://example.com@127.0.0.1:{0}/")]
    [InlineData("http:\\\\127.0.0.1:{0}\\")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://10.0.0.1/")]
    public async Task Fetch_PrivateAddressInAnyForm_NeverReachesTheServer(string url)
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "secret");

        using var fetcher = FetchSetup.Fetcher(Server, resolver: new ScriptedResolver("127.0.0.1"));

        var page = await fetcher.GetAsync(url.Replace("{0}", $"{site.Port}", StringComparison.Ordinal));

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Empty(site.Hits);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    public async Task Fetch_PrivateAddress_IsRefusedWithAnEventThatSaysWhy(string url)
    {
        var events = new RecordedEvents();
        using var fetcher = FetchSetup.Fetcher(Server, events: events);

        var page = await fetcher.GetAsync(url.Replace("{0}", "80", StringComparison.Ordinal));

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Contains("loopback", page.Error!.Message, StringComparison.Ordinal);
        Assert.False(page.Error.IsTransient);
        Assert.Equal(
            EventIds.EgressRefused, Assert.Single(events.All, e => e.Severity == EventSeverity.Warning).Id);
    }

    [Fact]
    public async Task Fetch_NameWithOnePrivateAddressAmongPublicOnes_IsRefused()
    {
        using var fetcher = FetchSetup.Fetcher(
            Server, resolver: new ScriptedResolver("203.0.114.5 127.0.0.1"));

        var page = await fetcher.GetAsync("http://mixed.example/");

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
    }

    [Fact]
    public async Task Fetch_NameThatChangesItsAddress_IsCheckedAtEveryHop()
    {
        // The proxy stands for the public server, which loopback tests cannot have.
        await using var proxy = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(
                "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        var resolver = new ScriptedResolver("203.0.114.5", "127.0.0.1");
        using var fetcher = FetchSetup.Fetcher(
            Server with { Proxy = new Uri(proxy.Url) }, resolver: resolver);

        var page = await fetcher.GetAsync("http://rebind.example/");

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Equal((1, 2, 1), (page.RedirectCount, resolver.Asked, proxy.ConnectionCount));
        Assert.Null(page.StatusCode);
    }

    [Fact]
    public async Task Fetch_NameResolved_IsAskedForOncePerConnection()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");
        var resolver = new ScriptedResolver("127.0.0.1", "");
        using var fetcher = FetchSetup.Fetcher(resolver: resolver);

        var page = await fetcher.GetAsync($"http://site.example:{site.Port}/");

        Assert.Null(page.Error);
        Assert.Equal(1, resolver.Asked);
    }

    [Fact]
    public async Task Fetch_FirstAddressDead_TriesTheNext()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>x</p>");
        // Nothing listens on the other loopback addresses.
        using var fetcher = FetchSetup.Fetcher(
            resolver: new ScriptedResolver("127.0.0.77 127.0.0.78 127.0.0.1"));

        var page = await fetcher.GetAsync($"http://site.example:{site.Port}/");

        Assert.Null(page.Error);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("//[::ffff:10.0.0.1]/")]
    [InlineData("http://2852039166/latest/meta-data/")]
    [InlineData("https://inner.example/")]
    public async Task Fetch_RedirectFromPublicToPrivate_IsRefused(string location)
    {
        await using var proxy = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        using var fetcher = FetchSetup.Fetcher(
            Server with { Proxy = new Uri(
                proxy.Url) }, resolver: new ScriptedResolver("203.0.114.5", "192.168.7.7"));

        var page = await fetcher.GetAsync("http://public.example/");

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Equal(1, proxy.ConnectionCount);
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("FILE:///etc/hostname")]
    [InlineData(" file:///etc/hostname")]
    [InlineData("raw:<p>x</p>")]
    [InlineData("RAW://<p>x</p>")]
    public async Task Fetch_LocalSchemeOnAServer_IsRefused(string url)
    {
        var page = await FetchSetup.FetchAsync(url, Server);

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Equal("", page.Content);
    }
}
