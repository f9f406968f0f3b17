using Crawl4.Core.Reading.Filtering.Stemming;

namespace Crawl4.Core.Tests.Reading.Filtering;

public class EnglishStemmerTests
{
    /// <summary>Words with their stems, as the description of Porter2 gives them.</summary>
    [Theory]
    [InlineData("consigned consigning consignment", "consign")]
    [InlineData("consisted consistency consistent consistently consists", "consist")]
    [InlineData("consolation consolations console consoled consoling consolingly", "consol")]
    [InlineData("consolidate consolidated consolidating", "consolid")]
    [InlineData("consolatory", "consolatori")]
    [InlineData("conspicuous conspicuously", "conspicu")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("kneaded kneading", "knead")]
    [InlineData("knitted knitting knits", "knit")]
    [InlineData("knives", "knive")]
    [InlineData("ties", "tie")]
    [InlineData("cries cry", "cri")]
    [InlineData("by", "by")]
    [InlineData("say", "say")]
    [InlineData("gas", "gas")]
    [InlineData("gaps", "gap")]
    [InlineData("kiwis", "kiwi")]
    [InlineData("hoping", "hope")]
    [InlineData("hopping", "hop")]
    [InlineData("luxuriated", "luxuri")]
    [InlineData("generous generously", "generous")]
    [InlineData("communism", "communism")]
    [InlineData("proceeds proceed", "proceed")]
    [InlineData("skies sky", "sky")]
    [InlineData("dying", "die")]
    [InlineData("news", "news")]
    [InlineData("nationally", "nation")]
    [InlineData("relational", "relat")]
    [InlineData("hopefulness hopefully", "hope")]
    [InlineData("adoption adopted", "adopt")]
    [InlineData("crawl's crawls crawled crawling", "crawl")]
    public void Stem_Word_IsAsDescribed(string words, string stem) =>
        Assert.All(words.Split(' '), word => Assert.Equal(stem, new EnglishStemmer().Stem(word)));

    [Fact]
    public void Stem_AnyLetters_NeverThrows()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var stemmer = new EnglishStemmer();
        for (var round = 0; round < 20_000; round++)
        {
            var word = new string([.. Enumerable.Range(0, random.Next(12))
                .Select(_ => "aeiouysdtlngzbéß'漢"[random.Next(18)])]);
            Assert.InRange(stemmer.Stem(word).Length, 0, word.Length + 1);
        }
    }
}
