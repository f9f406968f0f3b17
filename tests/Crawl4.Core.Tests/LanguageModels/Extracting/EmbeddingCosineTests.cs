using System.Text.Json.Nodes;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading.Clustering;
using Microsoft.AspNetCore.Http;

namespace Crawl4.Core.Tests.LanguageModels.Extracting;

public class EmbeddingCosineTests
{
    private const string Page = "one feline\n\ntwo hound\n\nthree kitten\n\nfour puppy";

    [Fact]
    public async Task Vectors_OfTheEndpoint_DecideWhatIsNear()
    {
        await using var site = await AnimalsAsync();
        using var client = site.Client();
        var extractor = new EmbeddingCosineExtractor(client, new CosineOptions { WordCountThreshold = 0 });

        var extraction = await extractor.ExtractAsync(Page, "https://site.test/", CancellationToken.None);

        Assert.Equal(
            ["one feline\n\nthree kitten", "two hound\n\nfour puppy"],
            extraction.Data.Items.Select(item => (string)item["content"]!));
        Assert.Equal(1, extraction.Usage.Requests);
        Assert.Equal(12, extraction.Usage.PromptTokens);
    }

    [Fact]
    public async Task Filter_IsComparedByItsVector()
    {
        await using var site = await AnimalsAsync();
        using var client = site.Client();
        var extractor = new EmbeddingCosineExtractor(client, new CosineOptions { WordCountThreshold = 0, SemanticFilter = "hound" });

        var extraction = await extractor.ExtractAsync(Page, "https://site.test/", CancellationToken.None);

        Assert.Equal("two hound\n\nfour puppy", (string)Assert.Single(extraction.Data.Items)["content"]!);
    }

    [Fact]
    public async Task EmptyPage_IsNotAskedAbout()
    {
        await using var site = await AnimalsAsync();
        using var client = site.Client();

        Assert.Empty((await new EmbeddingCosineExtractor(client).ExtractAsync(" ", "https://site.test/", CancellationToken.None)).Data.Items);
        Assert.Equal(0, site.Asked);
    }

    [Fact]
    public async Task Fingerprint_CoversModelAndOptions()
    {
        await using var site = await AnimalsAsync();
        using var one = site.Client();
        using var other = site.Client(site.Endpoint with { Model = "other" });

        Assert.Equal(
            3,
            new[]
            {
                new EmbeddingCosineExtractor(one).Fingerprint, new EmbeddingCosineExtractor(other).Fingerprint,
                new EmbeddingCosineExtractor(one, new CosineOptions { TopK = 1 }).Fingerprint,
            }.Distinct().Count());
    }

    private static Task<ModelSite> AnimalsAsync() => ModelSite.StartAsync(
        (context, _, question) => context.Response.WriteAsync(new JsonObject
        {
            ["data"] = new JsonArray([.. question["input"]!.AsArray().Select((text, index) => new JsonObject
            {
                ["index"] = index,
                ["embedding"] = ((string)text!).Contains("hound", StringComparison.Ordinal)
                    || ((string)text!).Contains("puppy", StringComparison.Ordinal)
                    ? new JsonArray(0.1 * index, 9) : new JsonArray(9, 0.1 * index),
            })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 12, ["total_tokens"] = 12 },
        }.ToJsonString()),
        "/v1/embeddings");
}
