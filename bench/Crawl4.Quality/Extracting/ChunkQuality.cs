using System.Text.Json;
using Crawl4.Core.Reading.Chunking;

namespace Crawl4.Quality.Extracting;

/// <summary>Every case that Crawl4AI's chunkers were run on: the same pieces, or a listed reason.</summary>
internal static class ChunkQuality
{
    public static IEnumerable<Measure> Measure(QualityData data)
    {
        var golden = data.Golden("golden-chunk", "chunk.json.gz");
        var corrections = new CorrectionList<JsonElement>((
            "chunking: topics of a text too short to compare", "it is one piece; Crawl4AI throws, and the crawl fails",
            row => !row.TryGetProperty("chunks", out _)));
        var tally = new Tally();
        foreach (var row in golden.GetProperty("cases").EnumerateArray())
        {
            var name = row.GetProperty("text_name").GetString()!;
            var text = golden.GetProperty("texts").GetProperty(name).GetString()!;
            var expected = corrections.Explains(row)
                ? [text] : row.GetProperty("chunks").EnumerateArray().Select(chunk => chunk.GetString()!);
            tally.Add(
                expected.SequenceEqual(Chunk(row, text)),
                () => $"{row.GetProperty("strategy")} {row.GetProperty("args")} {name}");
        }

        yield return tally.ToMeasure("chunking: equal or listed", "cases", corrections.Rows);
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
