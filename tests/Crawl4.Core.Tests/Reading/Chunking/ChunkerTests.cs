using System.Text;
using Crawl4.Core.Reading.Chunking;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Chunking;

public class ChunkerTests(ITestOutputHelper output)
{
    private static readonly IChunker[] All =
    [
        new IdentityChunker(), new RegexChunker(), new SentenceChunker(), new TopicChunker(), new FixedLengthWordChunker(7),
        new SlidingWindowChunker(10, 3), new OverlappingWindowChunker(10, 4),
    ];

    /// <summary>Crawl4AI's NlpSentenceChunking has no golden cases: it asks NLTK for data that must be downloaded, and
    /// gives a set without order.</summary>
    [Theory]
    [InlineData("Hello Mr. Smith. How are you? Fine! He lives in the U.S. and works.", "Hello Mr. Smith.|How are you?|Fine!|He lives in the U.S. and works.")]
    [InlineData("It costs 3.50 today. \"Really?\" she said. J. R. Tolkien wrote it.", "It costs 3.50 today.|\"Really?\" she said.|J. R. Tolkien wrote it.")]
    [InlineData("See fig. 3 and e.g. Paris. Next… Then (yes.) Go", "See fig. 3 and e.g. Paris.|Next…|Then (yes.)|Go")]
    [InlineData("一つ。二つ！三つ", "一つ。|二つ！|三つ")]
    [InlineData("# Title\n\nText without end\n\n1. First item. 2. Second.", "# Title|Text without end|1. First item.|2. Second.")]
    [InlineData("Same. Same. Same.", "Same.|Same.|Same.")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void Chunk_Sentences_AreInOrder(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', new SentenceChunker().Chunk(text)));

    [Fact]
    public void Chunk_AnyText_LosesNoWord()
    {
        const int Seed = 1_997;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        string[] parts = ["word", "Topic ", ". ", "\n\n", "\n", " ", "! A", "é😀", "\t", "\u001f", "。", "1.5 ", "Mr. ", "\"", "...", "\uD800"];
        for (var round = 0; round < 400; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1_500)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.Equal(text, string.Concat(new TopicChunker().Chunk(text)));
            Assert.Equal(Words(text), Words(string.Join("\n\n", new RegexChunker().Chunk(text))));
            Assert.Equal(Words(text), Words(string.Join(' ', new FixedLengthWordChunker(7).Chunk(text))));
            Assert.Equal(string.Concat(Words(text)), string.Concat(new SentenceChunker().Chunk(text).SelectMany(Words)));
            Assert.Equal(Words(text).Distinct(), new SlidingWindowChunker(10, 3).Chunk(text).SelectMany(Words).Distinct());
            Assert.Equal(Words(text).Distinct(), new OverlappingWindowChunker(10, 4).Chunk(text).SelectMany(Words).Distinct());
        }
    }

    [Theory]
    [InlineData("word. ")]
    [InlineData(".")]
    [InlineData("\n")]
    [InlineData("\n ")]
    [InlineData("Mr. X ")]
    [InlineData("a")]
    [InlineData("some topic words here \n\n")]
    public void Chunk_MillionsOfCharacters_TakesLinearTime(string piece)
    {
        var text = new StringBuilder().Insert(0, piece, 2_000_000 / piece.Length).ToString();
        Assert.All(All, chunker => Assert.NotNull(chunker.Chunk(text)));
    }

    [Fact]
    public void Construct_SizesThatNeverGetOn_AreRefused() => Assert.All(
        new Func<object>[]
        {
            () => new FixedLengthWordChunker(0),
            () => new SlidingWindowChunker(0),
            () => new SlidingWindowChunker(5, 0),
            () => new OverlappingWindowChunker(5, 5),
            () => new OverlappingWindowChunker(5, -1),
            () => new RegexChunker([]),
            () => new RegexChunker(["("]),
            () => ChunkMerging.Merge(["a"], 5, 5),
        },
        make => Assert.Equal(Crawl4ErrorCode.OptionInvalid, Assert.Throws<Crawl4Exception>(make).Code));

    [Fact]
    public void Merge_SeveralTexts_ShareTheirWordsEvenly() => Assert.Equal(
        ["a b", "b c", "c d e"], ChunkMerging.Merge(["a b", " c", "", "d e"], 2, 1));

    private static string[] Words(string text) =>
        string.Join(' ', text.Split(['\u001c', '\u001d', '\u001e', '\u001f'])).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
