using System.Text;
using Crawl4.Core.Crawling;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Crawling;

/// <summary>Documents that need no fetching.</summary>
public class DocumentReaderTests
{
    private const string Page = "<html><head><title>T</title></head><body><h1>Häding</h1><p><a href='/a?b=1'>A</a> "
        + "<a href='https://other.example/'>O</a></p></body></html>";

    private readonly DocumentReader _reader = new();

    [Fact]
    public async Task ReadHtml_WithoutABase_LeavesRelativeLinksAsTheyAre()
    {
        var result = await _reader.ReadHtmlAsync(Page, new DocumentRequest(), CancellationToken.None);
        Assert.True(result.Success);
        Assert.Equal("", result.Url);
        Assert.Contains("[A](/a?b=1)", result.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Equal("T", result.Metadata["title"]);
        Assert.Equal(["/a?b=1"], result.Links.Internal.Select(link => link.Href));
        Assert.Equal(["https://other.example/"], result.Links.External.Select(link => link.Href));
        var own = await _reader.ReadHtmlAsync(
            Page, new DocumentRequest { Reading = new ReadingOptions { ExcludeExternalLinks = true } }, CancellationToken.None);
        Assert.Equal("# Häding\n\n[A](/a?b=1) O", own.Markdown.RawMarkdown.Trim());
    }

    [Theory]
    [InlineData("https://site.example/dir/page", "", "https://site.example/a?b=1")]
    [InlineData("https://site.example/dir/page", "https://base.example/x/", "https://base.example/a?b=1")]
    [InlineData("", "https://base.example/x/", "https://base.example/a?b=1")]
    [InlineData("file:///tmp/page.html", "", "/a?b=1")]
    public async Task ReadHtml_MakesLinksAbsolute_ByBaseThenUrl(string url, string baseUrl, string expected)
    {
        var request = new DocumentRequest { Url = url, Reading = new ReadingOptions { BaseUrl = baseUrl } };
        var result = await _reader.ReadHtmlAsync(Page, request, CancellationToken.None);
        Assert.Equal(url, result.Url);
        Assert.Contains($"[A]({expected})", result.Markdown.RawMarkdown, StringComparison.Ordinal);
        if (expected.StartsWith("http", StringComparison.Ordinal))
        {
            Assert.Equal([expected], result.Links.Internal.Select(link => link.Href));
            Assert.Equal(["https://other.example/"], result.Links.External.Select(link => link.Href));
        }
    }

    [Fact]
    public async Task Read_FindsTheCharset_AsForFetchedPages()
    {
        var declared = "<html><head><meta charset='windows-1252'></head><body><p>Gr\u00fc\u00dfe</p></body></html>";
        var own = await _reader.ReadAsync(Encoding.Latin1.GetBytes(declared), new DocumentRequest(), CancellationToken.None);
        Assert.Equal("Grüße", own.Markdown.RawMarkdown.Trim());
        var said = await _reader.ReadAsync(
            Encoding.Latin1.GetBytes("<p>Gr\u00fc\u00dfe</p>"), new DocumentRequest { ContentType = "text/html; charset=iso-8859-1" },
            CancellationToken.None);
        Assert.Equal("Grüße", said.Markdown.RawMarkdown.Trim());
    }

    [Fact]
    public async Task ReadFile_OfAnyName_IsReadAndNamedByItsUrl()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a b%20c#d?é.html");
        await File.WriteAllTextAsync(path, Page);
        var result = await _reader.ReadFileAsync(path, new DocumentRequest(), CancellationToken.None);
        Assert.Null(result.Error);
        Assert.Equal(path, new Uri(result.Url).LocalPath);
        Assert.Contains("# Häding", result.Markdown.RawMarkdown, StringComparison.Ordinal);
        Assert.Contains("[A](/a?b=1)", result.Markdown.RawMarkdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fragment", "<ul><li>one</li></ul>", "one")]
    [InlineData("page.txt", "<ul> is a tag", "<ul> is a tag")]
    [InlineData("notes", "two\nlines", "two\nlines")]
    [InlineData("data.json", "{\"a\": 1}", "```json")]
    public async Task ReadFile_GoesByExtension_ThenByContent(string name, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(path, content);
        var result = await _reader.ReadFileAsync(path, new DocumentRequest(), CancellationToken.None);
        Assert.Contains(expected, result.Markdown.RawMarkdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadFile_ThatIsMissingOrBinary_IsAResultWithAnError()
    {
        using var folder = new TemporaryFolder();
        var missing = await _reader.ReadFileAsync(
            Path.Combine(folder.Path, "none.html"), new DocumentRequest(), CancellationToken.None);
        Assert.False(missing.Success);
        Assert.Equal(Crawl4ErrorCode.PageNotFound, missing.Error?.Code);
        var image = Path.Combine(folder.Path, "image.html");
        await File.WriteAllBytesAsync(image, [0x89, 0x50, 0x4E, 0x47, 0, 0, 0]);
        var binary = await _reader.ReadFileAsync(image, new DocumentRequest(), CancellationToken.None);
        Assert.Equal(Crawl4ErrorCode.PageUnreadable, binary.Error?.Code);
    }

    [Fact]
    public async Task Read_OfAStreamBeyondTheLimit_IsAResultWithAnError()
    {
        using var stream = new MemoryStream(new byte[1001]);
        var result = await new DocumentReader(1000).ReadAsync(stream, new DocumentRequest(), CancellationToken.None);
        Assert.Equal(Crawl4ErrorCode.PageTooLarge, result.Error?.Code);
        stream.Position = 1;
        Assert.NotEqual(
            Crawl4ErrorCode.PageTooLarge,
            (await new DocumentReader(1000).ReadAsync(stream, new DocumentRequest(), CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task Read_WithASelectorThatIsNone_Throws()
    {
        var request = new DocumentRequest { Reading = new ReadingOptions { CssSelector = "[" } };
        var error = await Assert.ThrowsAsync<Crawl4Exception>(() => _reader.ReadHtmlAsync(Page, request, CancellationToken.None));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, error.Code);
    }
}
