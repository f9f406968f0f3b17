using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class TlsTests
{
    private static readonly HttpFetchOptions AnyCertificate =
        FetchSetup.ShellOptions with { SkipCertificateCheck = true };

    [Fact]
    public async Task Fetch_CertificateThatNothingTrusts_IsRefusedAndNamed()
    {
        using var certificate = TestCertificate.Create();
        await using var site = (await TestSite.StartAsync(certificate)).MapHtml("/", "<p>x</p>");

        var page = await FetchSetup.FetchAsync(site.Url);

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
        Assert.Contains("certificate", page.Error!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("certificate", page.Error.Advice, StringComparison.Ordinal);
        Assert.Empty(site.Hits);
    }

    [Fact]
    public async Task Fetch_CheckSkipped_SpeaksHttp2()
    {
        using var certificate = TestCertificate.Create();
        await using var site = (await TestSite.StartAsync(certificate)).MapHtml("/", "<p>x</p>");
        using var fetcher = FetchSetup.Fetcher(AnyCertificate);

        var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fetcher.GetAsync(site.Url)));

        Assert.All(pages, page => Assert.Equal((null, "<p>x</p>"), (page.Error, page.Content)));
        Assert.All(site.Hits, hit => Assert.Equal("HTTP/2", hit.Protocol));
    }

    [Fact]
    public async Task Fetch_ServerWithHttp11Only_SpeaksThat()
    {
        using var certificate = TestCertificate.Create();
        await using var server = RawServer.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(RawServer.Answer("old but fine"u8.ToArray()));
            },
            certificate);

        var page = await FetchSetup.FetchAsync(server.Url, AnyCertificate);

        Assert.Equal((null, "old but fine"), (page.Error, page.Content));
    }

    [Fact]
    public async Task Fetch_AlternativeServiceOffered_IsNotFollowed()
    {
        using var certificate = TestCertificate.Create();
        await using var other = await TestSite.StartAsync();
        await using var site = await TestSite.StartAsync(certificate);
        site.Map("/", context =>
        {
            context.Response.Headers.AltSvc = $"h3=\"127.0.0.1:{other.Port}\", h2=\"127.0.0.1:{other.Port}\"";
            return Task.CompletedTask;
        });
        using var fetcher = FetchSetup.Fetcher(AnyCertificate);

        await fetcher.GetAsync(site.Url);
        await fetcher.GetAsync(site.Url);

        Assert.Equal((2, 0), (site.Hits.Count, other.Hits.Count));
    }

    [Fact]
    public async Task Fetch_PlainServerAskedForTls_IsUnreachable()
    {
        await using var server = RawServer.Start(
            connection => connection.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));

        var page = await FetchSetup.FetchAsync(
            server.Url.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Equal(Crawl4ErrorCode.PageUnreachable, page.Error?.Code);
        Assert.Contains("TLS", page.Error!.Message, StringComparison.Ordinal);
    }
}
