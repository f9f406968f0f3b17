using System.Text.Json;
using Crawl4.Core.Crawling;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>The JSON text in caches, as Python and old versions wrote it.</summary>
public class StoredJsonTests
{
    [Fact]
    public void Links_OfAnOldVersion_NeedOnlyHrefAndText()
    {
        var links = StoredJson.Links("""{"internal": [{"href": "https://a.example/", "text": "A"}, {"text": "no href"}]}""");
        Assert.Equal(("https://a.example/", "A"), (Assert.Single(links.Internal).Href, links.Internal[0].Text));
        Assert.Empty(links.External);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"images\": 3}")]
    [InlineData("{\"images\": [1, null, {}]}")]
    public void Media_OfTheWrongShape_IsNone(string text) => Assert.Empty(StoredJson.Media(text).Images);

    [Fact]
    public void Numbers_ThatOnlyPythonWrites_AreRead()
    {
        var media = StoredJson.Media("""{"images": [{"src": "a.png", "score": NaN, "width": Infinity, "alt": "NaN"}]}""");
        Assert.Equal((0, null, "NaN"), (media.Images[0].Score, media.Images[0].Width, media.Images[0].Alt));
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00\"", "\U0001F600")]
    [InlineData("\"x\\ud83dy\"", "x\uFFFDy")]
    [InlineData("\"\\ude00\\ud83d\"", "\uFFFD\uFFFD")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "\uFFFD\U0001F600")]
    [InlineData("\"\\\\ud83d\"", "\\ud83d")]
    [InlineData("\"\\ud83d", null)]
    public void Escapes_OfHalfAPair_BecomeTheReplacementCharacter(string json, string? expected)
    {
        var value = StoredJson.Object($"{{\"title\": {json}}}").GetValueOrDefault("title");
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Headers_KeepTheirNamesAndAreFoundInAnyCase()
    {
        var headers = StoredJson.Headers("""{"Content-Type": "text/html", "X-Count": 3}""");
        Assert.Equal("text/html", headers["content-type"]);
        Assert.Equal("3", headers["X-Count"]);
    }

    [Fact]
    public void Entry_AsJson_IsOneLineOfValidJsonWhateverTheCacheHolds()
    {
        var json = CrawlJson.Entry(new CacheEntry
        {
            Url = "https://a.example/", Html = "<p>\0\u2028\ud83d</p>", Media = "{\"images\": [{\"score\": NaN}]}",
            Metadata = "broken", CachedAt = DateTimeOffset.UnixEpoch.AddSeconds(1.5),
        });
        Assert.DoesNotContain('\n', json);
        using var document = JsonDocument.Parse(json);
        Assert.Equal("broken", document.RootElement.GetProperty("metadata").GetString());
        Assert.Equal(1.5, document.RootElement.GetProperty("cached_at").GetDouble());
        Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("media").ValueKind);
    }
}
