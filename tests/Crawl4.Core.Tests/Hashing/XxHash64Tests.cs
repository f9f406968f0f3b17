using System.IO.Compression;
using System.Text.Json;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Tests.Hashing;

public class XxHash64Tests
{
    [Theory]
    [InlineData("", "ef46db3751d8e999")]
    [InlineData("a", "d24ec4f1a98c6e5b")]
    [InlineData("<p>a</p>", "6ea204f4b0107315")]
    [InlineData("é😀", "8eebad97f27c1856")]
    [InlineData("d95c7e1f4d0e2dfa", "8ae52af10021065d")]
    public void Hex_KnownVectors_MatchesWhatCrawl4AiWrites(string text, string expected) =>
        Assert.Equal(expected, XxHash64.Hex(text));

    [RequiresFact(Requirement.SharedData)]
    public void Hex_RecordedVectors_MatchesEveryOne()
    {
        using var file = File.OpenRead(Path.Combine(Requirement.SharedDataFolder, "golden-micro", "xxh64.json.gz"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var vectors = JsonDocument.Parse(unzipped);
        Assert.NotEqual(0, vectors.RootElement.GetArrayLength());
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            Assert.Equal(vector.GetProperty("hash").GetString(), XxHash64.Hex(vector.GetProperty("text").GetString()!));
        }
    }

    [Fact]
    public void Compute_BytesInParts_IsThatOfAllOfThem()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            var running = new XxHash64.Running();
            for (var at = 0; at < bytes.Length;)
            {
                var part = bytes.AsMemory(at, Math.Min(random.Next(80), bytes.Length - at));
                running.Take(part);
                at += part.Length;
                Assert.True(XxHash64.Compute(bytes.AsSpan(0, at)) == running.Hash, $"Seed {Seed}, round {round}");
            }
        }
    }
}
