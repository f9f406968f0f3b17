using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Extracting;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Clustering;

public class CosineExtractorTests(ITestOutputHelper output)
{
    private const int Seed = 90_210;

    private const string Page = """
        # Baking bread

        Bread dough needs flour, water, salt and yeast. Knead the dough well before baking the bread.

        The tomcat is an animal of the night; cats sleep all day, and a cat purrs when the cat is content.

        Let the dough rest for an hour, so that the yeast can work. Then bake the bread in a hot oven.

        ## About cats

        Many cats live in houses. The cat hunts mice at night, and sleeps during the day like all cats.

        Short.
        """;

    [Fact]
    public void Paragraphs_AboutTheSame_ComeTogether_InThePagesOrder()
    {
        var items = Extract(Page, new CosineOptions { Linkage = ClusterLinkage.Average });
        Assert.Equal(2, items.Count);
        var bread = (string)items[0]["content"]!;
        Assert.StartsWith("# Baking bread\n\nBread dough needs", bread, StringComparison.Ordinal);
        Assert.Contains("\n\nLet the dough rest", bread, StringComparison.Ordinal);
        Assert.DoesNotContain("cat", bread, StringComparison.Ordinal);
        Assert.Contains("## About cats\n\nMany cats", (string)items[1]["content"]!, StringComparison.Ordinal);
        Assert.Equal([0, 1], items.Select(item => (int)item["index"]!));
        Assert.Equal(3, items[0]["tags"]!.AsArray().Count);
        Assert.Contains("dough", items[0]["tags"]!.AsArray().Select(tag => (string)tag!));
    }

    [Fact]
    public void Filter_KeepsWhatIsAboutIt()
    {
        var item = Assert.Single(Extract(Page, new CosineOptions { SemanticFilter = "sleeping cats" }));

        Assert.Contains("Many cats", (string)item["content"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("dough", (string)item["content"]!, StringComparison.Ordinal);
        Assert.Empty(Extract(Page, new CosineOptions { SemanticFilter = "submarines" }));
    }

    [Fact]
    public void ShortClusters_AreLeftOut_AndTagsAreAsManyAsAskedFor()
    {
        var all = Extract(Page, new CosineOptions { WordCountThreshold = 0, MaxDistance = 0, TopK = 1 });

        Assert.Equal(5, all.Count);
        Assert.All(all, item => Assert.Single(item["tags"]!.AsArray()));
        Assert.Equal("Short.", (string)all[4]["content"]!);
        Assert.DoesNotContain(Extract(Page, new()), item => ((string)item["content"]!).Contains("Short.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ClusterLinkage.Single)]
    [InlineData(ClusterLinkage.Complete)]
    [InlineData(ClusterLinkage.Average)]
    [InlineData(ClusterLinkage.Ward)]
    public void Texts_InAnyOrder_GiveTheSameClusters_EachTextInOne(ClusterLinkage linkage)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        string[] words = ["bread", "dough", "oven", "cats", "mice", "night", "stars", "moon", "orbit", "文字", "é"];
        for (var round = 0; round < 60; round++)
        {
            // Few words and short texts: many texts are equal, or equally far apart.
            var texts = Enumerable.Range(0, random.Next(1, 30))
                .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)])))
                .ToArray();
            var options = new CosineOptions { WordCountThreshold = 0, Linkage = linkage, MaxDistance = random.NextDouble() };
            var clusters = Clusters(texts, options);
            Assert.Equal(texts.Order(StringComparer.Ordinal), clusters.SelectMany(each => each.Split('|')).Order(StringComparer.Ordinal));

            random.Shuffle(texts);

            Assert.Equal(clusters, Clusters(texts, options));
        }
    }

    [Fact]
    public void Page_OfTwentyThousandParagraphs_IsClusteredWhole()
    {
        var random = new Random(Seed);
        var paragraphs = Enumerable.Range(0, 20_000)
            .Select(n => $"n{n} " + string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"word{random.Next(3_000)}")));

        var items = Extract(string.Join("\n\n", paragraphs), new CosineOptions());

        var found = items.SelectMany(item => ((string)item["content"]!).Split("\n\n")).Select(text => text.Split(' ')[0]);
        Assert.Equal(20_000, found.Distinct().Count());
    }

    [Fact]
    public void Paragraphs_KeepCodeWhole_AndHeadingsWithWhatFollows()
    {
        const string Text = "# A\n\n## B\n\ntext\n\n```\ncode\n\nmore\n```\n\n# End\n";

        Assert.Equal(["# A\n\n## B\n\ntext", "```\ncode\n\nmore\n```", "# End"], Paragraphs.Of(Text, joinsHeadings: true));
        Assert.Equal(["# A", "## B", "text"], Paragraphs.Of("# A\n\n## B\n\ntext", joinsHeadings: false));
        Assert.Empty(Paragraphs.Of("\n \n", joinsHeadings: true));
        Assert.Equal(["a\n\nb", "c\n\nd", "e"], Paragraphs.AtMost(["a", "b", "c", "d", "e"], 3));
    }

    [Theory]
    [InlineData("A cat's [Link](https://site.test/a?b) e\u0301t ](", "a|cat|s|link|e\u0301t")]
    [InlineData("猫と犬 x", "猫と|と犬|犬|x")]
    public void Words_AreOfTheText_NotOfItsLinks(string text, string words) =>
        Assert.Equal(words, string.Join('|', TextWords.Of(text)));

    [Fact]
    public void Options_OutOfRange_AreRefused() => Assert.All<CosineOptions>(
        [
            new() { SimilarityThreshold = double.NaN }, new() { MaxDistance = -1 }, new() { TopK = -1 },
            new() { WordCountThreshold = -1 }, new() { Linkage = (ClusterLinkage)9 },
        ],
        options => Assert.Equal(Crawl4ErrorCode.OptionInvalid, Assert.Throws<Crawl4Exception>(() => new CosineExtractor(options)).Code));

    private static IReadOnlyList<JsonObject> Extract(string content, CosineOptions options) =>
        new CosineExtractor(options).Extract(content, "https://site.test/", CancellationToken.None).Items;

    private static List<string> Clusters(string[] texts, CosineOptions options) =>
    [
        .. Extract(string.Join("\n\n", texts), options)
            .Select(item => string.Join('|', ((string)item["content"]!).Split("\n\n").Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];
}
