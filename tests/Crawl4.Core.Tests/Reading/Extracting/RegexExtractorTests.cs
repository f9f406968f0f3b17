using System.Text;
using Crawl4.Core.Reading.Extracting;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Extracting;

public class RegexExtractorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("credit_card", "4111111111111111 4111111111111112 1234567890123452", "4111111111111111")]
    [InlineData("credit_card", "no 12 4111 1111 1111 1111, 3782-822463-10005", "4111 1111 1111 1111|3782-822463-10005")]
    [InlineData("iban", "DE89370400440532013000 DE89370400440532013001", "DE89370400440532013000")]
    [InlineData("iban", "DE89 3704 0044 0532 0130 00 and GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00|GB82 WEST 1234 5698 7654 32")]
    [InlineData("iban", "xDE89370400440532013000 DE89370400440532013000x", "")]
    [InlineData("ipv4", "1.2.3.4, 256.1.1.1 1.2.3.04 1.2.3.4.5 0.0.0.0.", "1.2.3.4|0.0.0.0")]
    [InlineData("ipv6", "at 2001:db8::1: [::1] a::b 12:30:45 ::ffff:10.1.2.3 p::before", "2001:db8::1|::1|::ffff:10.1.2.3")]
    [InlineData("email", "to a.b+c@d-e.example, or @x", "a.b+c@d-e.example")]
    [InlineData("email", "Write to a@b.example. Or not...", "a@b.example")]
    [InlineData("time_24h", "9:05 23:59:59 24:00 7:60", "9:05|23:59:59")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("mac_addr", "00:1A:2b:3C:4d:5E", "00:1A:2b:3C:4d:5E")]
    public void Extract_Label_FindsWhatIsOne(string label, string text, string expected) => Assert.Equal(
        expected, string.Join('|', new RegexExtractor([label]).Extract(text, "u", CancellationToken.None)
            .Items.Select(item => item["value"]!.GetValue<string>())));

    [Fact]
    public void Extract_Span_CountsCharactersAsCrawl4AIDoes()
    {
        var item = Assert.Single(new RegexExtractor(["hashtag"]).Extract("😀😀 #a", "u", CancellationToken.None).Items);
        Assert.Equal("""{"url":"u","label":"hashtag","value":"#a","span":[3,5]}""", item.ToJsonString());
    }

    [Fact]
    public void Extract_Labels_ComeInTheCataloguesOrderAndCustomOnesLast()
    {
        var custom = new Dictionary<string, string> { ["word"] = @"^\w+" };
        var items = new RegexExtractor(["number", "email"], custom).Extract("x@y.z\nB 5", "u", CancellationToken.None).Items;
        Assert.Equal(["email", "number", "word", "word"], items.Select(item => item["label"]!.GetValue<string>()));
    }

    [Fact]
    public void Construct_UnknownLabel_SaysWhichThereAre()
    {
        var error = Assert.Throws<Crawl4Exception>(() => new RegexExtractor(["phone"])).Error;
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
        Assert.Contains("phone_us", error.Advice, StringComparison.Ordinal);
        Assert.Equal(21, RegexExtractor.AllLabels.Count);
    }

    [Fact]
    public void Extract_ManySearchesOfOnePattern_StopAtTheTimeLimit()
    {
        var extractor = new RegexExtractor([], new Dictionary<string, string> { ["any"] = "." }, new RushingTime());
        var error = Assert.Throws<Crawl4Exception>(() => extractor.Extract("abc", "u", CancellationToken.None)).Error;
        Assert.Equal((Crawl4ErrorCode.OptionInvalid, "pattern 'any'"), (error.Code, error.Target));
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("a")]
    [InlineData("1(")]
    [InlineData("DE89 ")]
    [InlineData("4 1")]
    [InlineData("1.")]
    [InlineData("a:")]
    [InlineData("http://")]
    [InlineData("#@")]
    public void Extract_MillionCharactersOfOneKind_AreReadInLinearTime(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length).ToString();
        Assert.All(
            new RegexExtractor().Extract(text, "u", CancellationToken.None).Items,
            item => Assert.NotEqual("", item["value"]!.GetValue<string>()));
    }

    [Fact]
    public void Extract_AnyText_GivesSpansOfTheirValues()
    {
        const int Seed = 90_210;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        const string Alphabet = "0123456789aAfF.:-+ ()@#%$€/,é😀 \n";
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
            Assert.All(new RegexExtractor().Extract(text, "u", CancellationToken.None).Items, item => Assert.Equal(
                item["value"]!.GetValue<string>().EnumerateRunes().Count(),
                item["span"]![1]!.GetValue<int>() - item["span"]![0]!.GetValue<int>()));
            Assert.All(
                new RegexExtractor(["number", "email"]).Extract(text, "u", CancellationToken.None).Items,
                item => Assert.Equal(item["value"]!.GetValue<string>(), string.Concat(
                    runes[item["span"]![0]!.GetValue<int>()..item["span"]![1]!.GetValue<int>()])));
        }
    }

    /// <summary>A second more than the limit passes at each look.</summary>
    private sealed class RushingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 11;
    }
}
