using Crawl4.Core.Fetching;

namespace Crawl4.Core.Tests.Fetching;

public sealed class HttpFetchOptionsTests
{
    [Theory]
    [InlineData(nameof(HttpFetchOptions.MaxBodyBytes))]
    [InlineData(nameof(HttpFetchOptions.MaxRedirects))]
    [InlineData(nameof(HttpFetchOptions.ConnectTimeout))]
    [InlineData(nameof(HttpFetchOptions.TotalTimeout))]
    [InlineData(nameof(HttpFetchOptions.UserAgent))]
    [InlineData(nameof(HttpFetchOptions.Proxy))]
    public void Construct_OptionThatCannotBeMeant_NamesIt(string name)
    {
        var options = name switch
        {
            nameof(HttpFetchOptions.MaxBodyBytes) => new HttpFetchOptions { MaxBodyBytes = 0 },
            nameof(HttpFetchOptions.MaxRedirects) => new HttpFetchOptions { MaxRedirects = -1 },
            nameof(HttpFetchOptions.ConnectTimeout) =>
                new HttpFetchOptions { ConnectTimeout = TimeSpan.Zero },
            nameof(HttpFetchOptions.TotalTimeout) =>
                new HttpFetchOptions { TotalTimeout = TimeSpan.FromSeconds(-1) },
            nameof(HttpFetchOptions.UserAgent) => new HttpFetchOptions { UserAgent = "a\r\nb" },
            _ => new HttpFetchOptions { Proxy = new Uri("http://ann:secret@proxy/") },
        };

        var failure = Assert.Throws<Crawl4Exception>(() => FetchSetup.Fetcher(options));

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, failure.Code);
        Assert.Contains(name.Replace(
            "UserAgent", "User-Agent", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }
}
