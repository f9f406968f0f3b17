using Crawl4.Core.Reading.Chunking;
using Xunit.Abstractions;

namespace Crawl4.Core.Tests.Reading.Chunking;

public class TokenChunkerTests(ITestOutputHelper output)
{
    private const int Seed = 20_261;

    [Fact]
    public void Text_ThatFits_IsOnePieceAsItIs() =>
        Assert.Equal(["# A\n\n b  c\n"], new TokenChunker().Chunk("# A\n\n b  c\n"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Text_WithoutWords_HasNoPieces(string text) => Assert.Empty(new TokenChunker(1).Chunk(text));

    [Fact]
    public void Cuts_AreBeforeHeadings_ThenAtEmptyLines_ThenAtLines()
    {
        var chunker = new TokenChunker(8, overlapRate: 0, wordTokenRate: 1);

        Assert.Equal(["a b c\nd e", "# f\ng h"], chunker.Chunk("a b c\nd e\n# f\ng h\n"));
        Assert.Equal(["a b c\nd e", "f g\nh i"], chunker.Chunk("a b c\nd e\n\nf g\nh i"));
        Assert.Equal(["| a | b |", "| c | d |", "| e | f |"], chunker.Chunk("| a | b |\n| c | d |\n| e | f |"));
    }

    [Fact]
    public void Html_IsCutBetweenTags()
    {
        var html = string.Concat(Enumerable.Range(10, 40).Select(n => $"<li><b>{n}</b></li>"));

        var pieces = new TokenChunker(30, 0).Chunk(html);

        Assert.True(pieces.Count > 3);
        Assert.All(pieces, piece => Assert.StartsWith("<", piece, StringComparison.Ordinal));
        Assert.Equal(html, string.Concat(pieces));
    }

    [Fact]
    public void Overlap_RepeatsTheEndOfThePieceBefore()
    {
        var text = string.Join(' ', Enumerable.Range(100, 40));

        var pieces = new TokenChunker(10, 0.2, 1).Chunk(text);

        Assert.Equal("100 101 102 103 104 105 106 107 108 109", pieces[0]);
        Assert.StartsWith("108 109 110", pieces[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ScriptsWithoutSpaces_CountEveryCharacter()
    {
        var pieces = new TokenChunker(100, 0).Chunk(new string('文', 1_000));

        Assert.InRange(pieces.Count, 10, 20);
        Assert.Equal(1_000, pieces.Sum(piece => piece.Length));
    }

    [Fact]
    public void Pieces_WithoutOverlap_AreTheTextWithoutTheSpaceBetween()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            string[] parts = [" ", "\n", "\n\n", "# ", "word ", "文字", "<p>", "😀", "\uD800", new string('x', random.Next(200))];
            var text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => parts[random.Next(parts.Length)]));

            var pieces = new TokenChunker(random.Next(1, 60), 0).Chunk(text);

            Assert.Equal(string.Concat(text.Split()), string.Concat(string.Concat(pieces).Split()));
        }
    }

    [Fact]
    public void Pieces_WithOverlap_KeepToTheSize_AndLeaveNoGap()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            string[] spaces = [" ", " ", " ", "\n", "\n\n"];
            var text = string.Concat(Enumerable.Range(1_000, random.Next(1, 900)).Select(n => n + spaces[random.Next(spaces.Length)]));
            var size = random.Next(1, 60);
            var last = 999;
            foreach (var piece in new TokenChunker(size, random.NextDouble() / 2, 1).Chunk(text))
            {
                var words = piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
                Assert.InRange(words.Count, 1, size);
                Assert.Equal(Enumerable.Range(words[0], words.Count), words);
                Assert.InRange(words[0], 1_000, last + 1);
                Assert.True(words[^1] > last);
                last = words[^1];
            }

            Assert.EndsWith($"{last}", text.TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0.1, 1.3)]
    [InlineData(10, 0.6, 1.3)]
    [InlineData(10, double.NaN, 1.3)]
    [InlineData(10, 0.1, 0)]
    public void Sizes_OutOfRange_AreRefused(int size, double overlap, double rate) => Assert.Equal(
        Crawl4ErrorCode.OptionInvalid,
        Assert.Throws<Crawl4Exception>(() => new TokenChunker(size, overlap, rate)).Code);
}
