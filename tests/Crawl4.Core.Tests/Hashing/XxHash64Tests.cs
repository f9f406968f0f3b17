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
}
