using System.Buffers;
using System.Text;
using System.Text.Json;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.Tests;

/// <summary>JSON keeps characters as they are.</summary>
public class ReadableJsonEncoderTests
{
    private const int Seed = 20261122;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = ReadableJsonEncoder.Instance };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Grüße, 漢字 и буквы", "Grüße, 漢字 и буквы")]
    [InlineData("rocket 🚀 and 𝒜", "rocket 🚀 and 𝒜")]
    [InlineData("<a href='x'>&amp;</a>", "<a href='x'>&amp;</a>")]
    [InlineData("no\u00a0break\u2028\ue000", "no\u00a0break\u2028\ue000")]
    [InlineData("\"\\", "\\\"\\\\")]
    [InlineData("\n\r\t\b\f\u0001\u001f", @"\n\r\t\b\f\u0001\u001f")]
    [InlineData("🚀\n🚀", @"🚀\n🚀")]
    public void Write_EscapesWhatJsonDemands_AndNothingElse(string text, string expected)
    {
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(text, Readable));
        Assert.Equal($"\"{expected}\"", FromUtf8(text));
        Assert.Equal(text, JsonSerializer.Deserialize<string>($"\"{expected}\""));
    }

    [Theory]
    [InlineData("\ud83d")]
    [InlineData("a\ud83d")]
    [InlineData("\ude80b")]
    [InlineData("\n\ud83d\n")]
    [InlineData("\ud83d\ud83d\ude80")]
    public void Write_HalfAPair_BecomesTheReplacementCharacter(string text) => Assert.Equal(
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
        JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text, Readable)));

    [Fact]
    public void Write_AnyText_ComesBack()
    {
        var random = new Random(Seed);
        string[] pieces = ["a", "bc", "\"", "\\", "\n", "\u0000", "é", "漢", "🚀", "𝒜", "\u2028", " ", "<", "\u007f"];
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            var json = JsonSerializer.Serialize(text, Readable);
            Assert.True(text == JsonSerializer.Deserialize<string>(json), $"seed {Seed}: {json}");
            Assert.True(json == FromUtf8(text), $"seed {Seed}: {json}");
        }
    }

    [Fact]
    public void ExtractedData_IsWritten_AsCrawl4AiWritesIt() => Assert.Equal(
        "[\n    {\n        \"name\": \"🚀\",\n        \"tags\": [\n            \"ä\",\n            1\n        ],\n        \"none\": []\n    }\n]",
        new ExtractedData([new() { ["name"] = "🚀", ["tags"] = new System.Text.Json.Nodes.JsonArray("ä", 1), ["none"] = new System.Text.Json.Nodes.JsonArray() }]).ToJson());

    private static string FromUtf8(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ReadableJsonEncoder.Instance });
        writer.WriteStringValue(Encoding.UTF8.GetBytes(text));
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
