using System.Text.Json;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.LanguageModels;

/// <summary>The key goes to the endpoint and nowhere else, and requests only where they may.</summary>
public class ModelSecretTests
{
    private static readonly ChatRequest Question = new("", "What is it?");

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Key_ThatTheEndpointRepeats_IsNowhereToBeSeen(int status)
    {
        var events = new RecordedEvents();
        await using var site = await ModelSite.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = status;
            var words = $"your key is {ModelSite.Key}!";
            return context.Response.WriteAsync(
                status == 200 ? ModelSite.Chat(words) : JsonSerializer.Serialize(new { error = new { message = words } }));
        });
        using var client = site.Client(events: events);
        var shown = "";
        try
        {
            var answer = await client.AskAsync(Question, CancellationToken.None);
            shown = answer.ToString();
        }
        catch (Crawl4Exception failure)
        {
            shown = $"{failure} {failure.Error} {failure.Error.Target} {failure.Error.Advice} {failure.InnerException}";
        }

        shown += $" {client.Fingerprint} {client} {site.Endpoint} {string.Join('\n', events.All)}";
        Assert.Contains("[key]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(ModelSite.Key, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ModelSite.Key[3..12], shown, StringComparison.OrdinalIgnoreCase);
        Assert.All(site.Site.Hits, hit => Assert.Equal($"Bearer {ModelSite.Key}", hit.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsNotFollowed(int status)
    {
        await using var elsewhere = await ModelSite.AnsweringAsync((_, _) => "gotcha");
        await using var site = await ModelSite.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.BaseUrl + "/chat/completions";
            return Task.CompletedTask;
        });
        using var client = site.Client();

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.ModelForbidden, failure.Code);
        Assert.Empty(elsewhere.Site.Hits);
        Assert.Equal(1, site.Asked);
    }

    [Fact]
    public async Task PrivateAddress_IsForbidden_UnlessTheCallerAllowsIt()
    {
        await using var server = RawServer.Start(connection => connection.ReadRequestAsync(), TestCertificate.Create());
        using var client = ClientOf(new ModelEndpoint { BaseUrl = server.Url, Model = "tiny", ApiKeyVariable = "TEST_KEY" });

        var failure = await Assert.ThrowsAsync<Crawl4Exception>(() => client.AskAsync(Question, CancellationToken.None));

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, failure.Code);
        Assert.Equal(0, server.ConnectionCount);
    }

    [Fact]
    public async Task PublicAddress_IsForbidden_WhereOnlyPrivateOnesAreAllowed()
    {
        var options = new HttpFetchOptions { Egress = new EgressPolicy { AllowPrivate = true, AllowPublic = false } };
        using var fetcher = FetchSetup.Fetcher(options, resolver: new ScriptedResolver("93.184.216.34"));

        var page = await fetcher.GetAsync("http://model.test/v1");

        Assert.Equal(Crawl4ErrorCode.EgressForbidden, page.Error?.Code);
        Assert.Contains("is public", page.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.test/v1", false)]
    [InlineData("ftp://api.test/v1", true)]
    [InlineData("/v1", true)]
    [InlineData("https://me:secret@api.test/v1", true)]
    [InlineData("https://api.test/v1?key=secret", true)]
    public void Address_ThatIsNotSafe_IsRefused_WithoutShowingIt(string url, bool allowPrivate)
    {
        var endpoint = new ModelEndpoint { BaseUrl = url, Model = "tiny", ApiKeyVariable = "TEST_KEY", AllowPrivate = allowPrivate };

        var failure = Assert.Throws<Crawl4Exception>(() => ClientOf(endpoint));

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, failure.Code);
        Assert.DoesNotContain("secret", failure.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines-of-secret")]
    [InlineData("schlüssel-secret")]
    public void Key_ThatIsNone_IsAnError_ThatNamesTheVariableOnly(string? value)
    {
        var endpoint = new ModelEndpoint { BaseUrl = "https://api.test/v1", Model = "tiny", ApiKeyVariable = "MY_KEY" };

        var failure = Assert.Throws<Crawl4Exception>(() => new ModelClient(
            endpoint, _ => value, new Random(1), TimeProvider.System, NullEventSink.Instance));

        Assert.Equal(Crawl4ErrorCode.OptionInvalid, failure.Code);
        Assert.Contains("MY_KEY", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var endpoint = new ModelEndpoint { BaseUrl = "https://api.test/v1", Model = "tiny", ApiKeyVariable = "TEST_KEY" };
        ModelEndpoint[] wrong =
        [
            endpoint with { Model = " " },
            endpoint with { Temperature = 3 },
            endpoint with { Temperature = double.NaN },
            endpoint with { TopP = 0 },
            endpoint with { MaxAnswerTokens = 0 },
            endpoint with { MaxRetries = -1 },
            endpoint with { MaxParallelRequests = 0 },
            endpoint with { RetryDelay = TimeSpan.FromHours(1) },
            endpoint with { TotalTimeout = TimeSpan.Zero },
            endpoint with { RequestTimeout = TimeSpan.Zero },
            endpoint with { MaxAnswerBytes = 0 },
            endpoint with { Extra = new() { ["stream"] = true } },
        ];

        Assert.All(wrong, each => Assert.Equal(
            Crawl4ErrorCode.OptionInvalid, Assert.Throws<Crawl4Exception>(() => ClientOf(each)).Code));
    }

    private static ModelClient ClientOf(ModelEndpoint endpoint) =>
        new(endpoint, ModelSite.Environment, new Random(1), TimeProvider.System, NullEventSink.Instance);
}
