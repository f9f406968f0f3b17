using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading.Metadata;

public class MetadataReaderTests
{
    [Fact]
    public void Metadata_JsonLd_IsReadWithItsDates()
    {
        var metadata = Read("<head><script type='application/ld+json; charset=utf-8'>"
            + "<!-- {\"@type\":\"Article\",\"n\":1.5,\"l\":[true,null],"
            + "\"datePublished\":\"2024-05-01\",} --></script></head><body>"
            + "<script type=application/ld+json>{broken</script>"
            + "<script type=application/ld+json>{\"a\":{\"dateModified\":\"2024-06-01T10:00:00Z\"}}"
            + "</script>");
        var blocks = Assert.IsType<List<object?>>(metadata["json_ld"]);
        Assert.Equal(2, blocks.Count);
        var first = Assert.IsType<Dictionary<string, object?>>(blocks[0]);
        Assert.Equal(("Article", 1.5), (first["@type"], first["n"]));
        Assert.Equal(new object?[] { true, null }, first["l"] as List<object?>);
        Assert.Equal(("2024-05-01", "2024-06-01T10:00:00Z"),
            (metadata["date_published"], metadata["date_modified"]));
    }

    [Fact]
    public void Metadata_ArticleTimes_WinOverOthers()
    {
        var metadata = Read("<meta name=date content='May 2, 2020'><meta property=article:published_time "
            + "content=2021-01-01><meta http-equiv=last-modified content='Tue, 05 Mar 2019 10:00:00 GMT'>");
        Assert.Equal(("2021-01-01", "2019-03-05T10:00:00+00:00"),
            (metadata["date_published"], metadata["date_modified"]));
    }

    [Theory]
    [InlineData("<html lang=de>", "de")]
    [InlineData("<meta http-equiv=Content-Language content='fr, en'>", "fr")]
    [InlineData("<meta property=og:locale content=pt_BR>", "pt-BR")]
    [InlineData("<p>", null)]
    public void Metadata_Language_IsWhereThePageSaysIt(string html, string? expected) =>
        Assert.Equal(expected, Read(html).GetValueOrDefault("language"));

    [Fact]
    public void Metadata_PageThatSaysNothing_HasOnlyTheUsualKeys() =>
        Assert.Equal(["title", "description", "keywords", "author"], Read("<p>x").Keys);

    [Fact]
    public void Metadata_TimeElement_CountsWhereMarked() => Assert.Equal("2020-02-02",
        Read("<time datetime=1999-01-01>then</time><time class=published datetime=2020-02-02>x</time>")
            ["date_published"]);

    private static IReadOnlyDictionary<string, object?> Read(string html) => new PageReader().ReadHtml(
        html, "http://h.example/", ReadingOptions.Default, CancellationToken.None).Metadata;
}
