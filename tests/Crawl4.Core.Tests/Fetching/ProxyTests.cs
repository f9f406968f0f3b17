using System.Net;
using System.Net.Sockets;
using System.Text;
using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class ProxyTests
{
    [Fact]
    public async Task Fetch_HttpThroughProxy_AsksTheProxyWithTheWholeUrl()
    {
        var asked = "";
        await using var proxy = RawServer.Start(async connection =>
        {
            asked = await connection.ReadRequestAsync();
            await connection.SendAsync(RawServer.Answer("by proxy"u8.ToArray()));
        });

        var page = await FetchSetup.FetchAsync("http://somewhere.example/page", With(proxy.Url));

        Assert.Equal((null, "by proxy"), (page.Error, page.Content));
        Assert.StartsWith("GET http://somewhere.example/page HTTP/1.1\r\n", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_HttpsThroughProxy_TunnelsWithTheProxysCredential()
    {
        using var certificate = TestCertificate.Create();
        await using var site = (await TestSite.StartAsync(certificate)).MapHtml("/", "<p>inside</p>");
        await using var proxy = RawServer.Start(async connection =>
        {
            var request = await connection.ReadRequestAsync();
            if (!request.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String(
                "ann:secret"u8), StringComparison.Ordinal))
            {
                await connection.SendAsync(
                    "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }

            await connection.SendAsync("HTTP/1.1 200 Connected\r\n\r\n");
            await TunnelAsync(connection, site.Port);
        });
        var options = With(proxy.Url) with { SkipCertificateCheck = true };

        var allowed = await FetchSetup.FetchAsync(
            $"https://inner.example:{site.Port}/", options with { ProxyCredential = new NetworkCredential(
                "ann", "secret") });
        var refused = await FetchSetup.FetchAsync($"https://inner.example:{site.Port}/", options);

        Assert.Equal((null, "<p>inside</p>"), (allowed.Error, allowed.Content));
        Assert.Equal(Crawl4ErrorCode.PageForbidden, refused.Error?.Code);
        Assert.Contains("407", refused.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ThroughSocks5_AsksForTheHostByName()
    {
        await using var site = (await TestSite.StartAsync()).MapHtml("/", "<p>by socks</p>");
        var host = "";
        await using var proxy = RawServer.Start(async connection =>
        {
            var head = new byte[2];
            await connection.Stream.ReadExactlyAsync(head);
            await connection.Stream.ReadExactlyAsync(new byte[head[1]]);
            await connection.SendAsync(new byte[] { 5, 0 });
            var request = new byte[5];
            await connection.Stream.ReadExactlyAsync(request);
            var name = new byte[request[4]];
            await connection.Stream.ReadExactlyAsync(name);
            host = Encoding.ASCII.GetString(name);
            await connection.Stream.ReadExactlyAsync(new byte[2]);
            await connection.SendAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
            await TunnelAsync(connection, site.Port);
        });

        var page = await FetchSetup.FetchAsync(
            $"http://inner.example:{site.Port}/", With(
                proxy.Url.Replace("http:", "socks5:", StringComparison.Ordinal)));

        Assert.Equal((null, "<p>by socks</p>"), (page.Error, page.Content));
        Assert.Equal("inner.example", host);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://rebinds.example/")]
    public async Task Fetch_PrivateTargetThroughProxy_IsRefusedBeforeTheProxyIsAsked(string url)
    {
        await using var proxy = RawServer.Answering(RawServer.Answer("secret"u8.ToArray()));
        using var fetcher = FetchSetup.Fetcher(
            new HttpFetchOptions { Proxy = new Uri(
                proxy.Url) }, resolver: new ScriptedResolver("192.168.1.1"));

        var page = await fetcher.GetAsync(url);

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Equal(0, proxy.ConnectionCount);
    }

    [Fact]
    public async Task Fetch_PublicTargetThroughPrivateProxy_IsAllowed()
    {
        await using var proxy = RawServer.Answering(RawServer.Answer("by proxy"u8.ToArray()));
        using var fetcher = FetchSetup.Fetcher(
            new HttpFetchOptions { Proxy = new Uri(
                proxy.Url) }, resolver: new ScriptedResolver("203.0.114.1"));

        var page = await fetcher.GetAsync("http://public.example/");

        Assert.Equal((null, "by proxy"), (page.Error, page.Content));
    }

    [Fact]
    public async Task Fetch_DeadProxy_SaysThatItIsTheProxy()
    {
        string url;
        await using (var proxy = RawServer.Answering(""))
        {
            url = proxy.Url;
        }

        var page = await FetchSetup.FetchAsync("http://somewhere.example/", With(url));

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
        Assert.Contains("proxy", page.Error!.Message, StringComparison.Ordinal);
    }

    private static HttpFetchOptions With(string proxy) =>
        FetchSetup.ShellOptions with { Proxy = new Uri(proxy) };

    private static async Task TunnelAsync(RawConnection connection, int port)
    {
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, port, connection.Stopping);
        var inner = target.GetStream();
        await Task.WhenAny(
            connection.Stream.CopyToAsync(
                inner, connection.Stopping), inner.CopyToAsync(connection.Stream, connection.Stopping));
    }
}
