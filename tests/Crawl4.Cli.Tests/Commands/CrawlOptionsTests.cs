using System.CommandLine;
using Crawl4.Cli.Commands;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Tests.Commands;

public class CrawlOptionsTests
{
    private readonly CrawlOptions _options = new();
    private readonly Command _command = new("crawl");

    public CrawlOptionsTests() => _options.AddTo(_command);

    [Theory]
    [InlineData("enabled", CacheMode.Enabled)]
    [InlineData("DISABLED", CacheMode.Disabled)]
    [InlineData("read_only", CacheMode.ReadOnly)]
    [InlineData("ReadOnly", CacheMode.ReadOnly)]
    [InlineData("write-only", CacheMode.WriteOnly)]
    [InlineData("Bypass", CacheMode.Bypass)]
    public void Request_CacheModeInAnySpelling_IsUnderstood(string text, CacheMode expected) =>
        Assert.Equal(expected, _options.Request(Parse("--cache-mode", text), new OpenModels(null, null)).CacheMode);

    [Fact]
    public void Request_NothingSaid_HasTheDefaults()
    {
        var parsed = Parse();
        var request = _options.Request(parsed, new OpenModels(null, null));
        Assert.Equal(CacheMode.Enabled, request.CacheMode);
        Assert.Null(request.MaxAge);
        Assert.False(request.Validate);
        Assert.Null(request.Timeout);
        Assert.Empty(request.Headers);
        Assert.Equal(5, _options.ThrottleLimit(parsed));
        var fetch = _options.Fetch(parsed);
        Assert.True(fetch.Egress is { AllowPrivate: true, AllowFile: true, AllowRaw: true });
        Assert.False(fetch.SkipCertificateCheck);
        Assert.Null(fetch.Proxy);
    }

    [Fact]
    public void Request_EveryOption_ArrivesWhereItBelongs()
    {
        var parsed = Parse(
            "--max-age", "1.5", "--validate", "--throttle-limit", "7", "--timeout", "120", "--user-agent", "Tester",
            "--header", "Accept-Language: de", "--header", "accept-language: fr", "--header", "X-Empty:",
            "--skip-certificate-check", "--no-private-network", "--css-selector", "main",
            "--max-body-bytes", "1000");
        var request = _options.Request(parsed, new OpenModels(null, null));
        Assert.Equal(TimeSpan.FromSeconds(1.5), request.MaxAge);
        Assert.True(request.Validate);
        Assert.Equal(TimeSpan.FromMinutes(2), request.Timeout);
        Assert.Equal("Tester", request.UserAgent);
        Assert.Equal("main", request.Reading.CssSelector);
        Assert.Equal(2, request.Headers.Count);
        Assert.Equal("fr", request.Headers["Accept-Language"]);
        Assert.Equal("", request.Headers["X-Empty"]);
        Assert.Equal(7, _options.ThrottleLimit(parsed));
        var fetch = _options.Fetch(parsed);
        Assert.Equal(EgressPolicy.Server, fetch.Egress);
        Assert.Equal(1000, fetch.MaxBodyBytes);
        Assert.True(fetch.SkipCertificateCheck);
        Assert.Equal(TimeSpan.FromMinutes(2), fetch.FirstByteTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), fetch.TotalTimeout);
    }

    [Fact]
    public void Fetch_ProxyWithPassword_KeepsItOutOfTheAddress()
    {
        var fetch = _options.Fetch(Parse("--proxy", "http://user:p%40ss@proxy.example:8080"));
        Assert.Equal("http://proxy.example:8080/", fetch.Proxy!.AbsoluteUri);
        Assert.Equal("user", fetch.ProxyCredential!.UserName);
        Assert.Equal("p@ss", fetch.ProxyCredential.Password);
    }

    [Theory]
    [InlineData("X-Bad\nname: value")]
    [InlineData("X: line\nInjected: yes")]
    [InlineData("Bad name: value")]
    [InlineData(": value")]
    public void Parse_HeaderThatWouldBreakTheRequest_IsRefused(string header) =>
        Assert.NotEmpty(Parse("--header", header).Errors);

    private ParseResult Parse(params string[] args) => _command.Parse(args);
}
