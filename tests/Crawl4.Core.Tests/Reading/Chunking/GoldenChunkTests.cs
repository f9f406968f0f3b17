using System.Text.Json;
using Crawl4.Core.Reading.Chunking;

namespace Crawl4.Core.Tests.Reading.Chunking;

/// <summary>Every case that Crawl4AI's chunkers were run on: the same pieces, or a listed reason.</summary>
public class GoldenChunkTests
{
    private const int Cases = 210;

    [RequiresFact(Requirement.SharedData)]
    public void Chunk_EveryCase_IsCrawl4AIsOrListed()
    {
        var golden = SharedGolden.Read("golden-chunk", "chunk.json.gz");
        var cases = golden.GetProperty("cases").EnumerateArray().ToList();
        var differences = new List<string>();
        foreach (var row in cases)
        {
            var name = row.GetProperty("text_name").GetString()!;
            var text = golden.GetProperty("texts").GetProperty(name).GetString()!;
            var pieces = Chunk(row, text);
            // Reason: a text too short to compare is one piece. Crawl4AI throws, and the crawl fails.
            var expected = row.TryGetProperty("chunks", out var chunks)
                ? chunks.EnumerateArray().Select(chunk => chunk.GetString()!) : [text];
            if (!expected.SequenceEqual(pieces))
            {
                differences.Add($"{row.GetProperty("strategy")} {row.GetProperty("args")} {name}");
            }
        }

        Assert.Equal([], differences);
        Assert.Equal(Cases, cases.Count);
    }

    private static IReadOnlyList<string> Chunk(JsonElement row, string text)
    {
        var args = row.GetProperty("args");
        int Number(string name, int otherwise) =>
            args.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
        return row.GetProperty("strategy").GetString() switch
        {
            "IdentityChunking" => new IdentityChunker().Chunk(text),
            "RegexChunking" => new RegexChunker(args.TryGetProperty("patterns", out var patterns)
                ? [.. patterns.EnumerateArray().Select(pattern => pattern.GetString()!)] : null).Chunk(text),
            "FixedLengthWordChunking" => new FixedLengthWordChunker(Number("chunk_size", 100)).Chunk(text),
            "SlidingWindowChunking" =>
                new SlidingWindowChunker(Number("window_size", 100), Number("step", 50)).Chunk(text),
            "OverlappingWindowChunking" =>
                new OverlappingWindowChunker(Number("window_size", 1_000), Number("overlap", 100)).Chunk(text),
            "TopicSegmentationChunking" => new TopicChunker().Chunk(text),
            "utils.merge_chunks" => ChunkMerging.Merge([text], Number("target_size", 0), Number("overlap", 0)),
            var other => throw new InvalidOperationException($"no chunker for {other}"),
        };
    }
}
