using System.Globalization;
using Crawl4.Core.Hashing;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

/// <summary>Content that has tripped stores before.</summary>
public abstract partial class CacheStoreContract
{
    public static TheoryData<string> AwkwardTexts => new(
        "", " ", "\n", "\r\n", "\r", "a\r\nb\rc\n", "\r\r\n", "nul \0 inside", "\0", "😀 emoji 👩‍👩‍👧",
        "\uFEFFbom", "é",
        "123", "-1.5e3", "null", "true", "\"x\"", "[\"x\"]", "{\"a\":1}", " {\"a\":1} ", "NaN", "-Infinity",
        "[NaN]", "[1,",
        "{\"raw_markdown\":\"x\",\"markdown_with_citations\":\"y\",\"references_markdown\":\"z\"}",
        "0123456789abcdef", "ef46db3751d8e999", "../../etc/passwd", "\uE000\uFFFD",
            "'; DROP TABLE crawled_data; --");

    [StoreTheory]
    [MemberData(nameof(AwkwardTexts))]
    public async Task Put_AwkwardText_ReadsBackEqual(string text)
    {
        var entry = Entry() with
        {
            Html = text, CleanedHtml = text, Markdown = text, MarkdownWithCitations = text, FitMarkdown =
                text,
            ReferencesMarkdown = text, FitHtml = text, ExtractedContent = text, Screenshot = text, ETag =
                text,
            LastModified = text, RedirectedUrl = text, ErrorMessage = text, HeadFingerprint = text,
            ReadingFingerprint = text,
        };
        await Store.PutAsync(entry, None);
        AssertSame(entry, await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_ContentThatNamesOtherContent_ReadsBackEqual()
    {
        // The hash of one page as the content of another: a store that keeps content under its hash must not
        // take the second for a pointer to the first.
        const string Page = "<p>first</p>";
        var name = XxHash64.Hex(Page);
        var first = Entry("https://a.example/") with { Html = Page, CleanedHtml = Page, Markdown = Page };
        var second = Entry("https://b.example/") with { Html = name, CleanedHtml = name, Markdown = name };
        var third = Entry("https://c.example/") with { Html = XxHash64.Hex(name), Markdown =
            XxHash64.Hex(name) };
        await Store.PutManyAsync([first, second, third], None);
        AssertSame(first, await Store.GetAsync(first.Url, None));
        AssertSame(second, await Store.GetAsync(second.Url, None));
        AssertSame(third, await Store.GetAsync(third.Url, None));
    }

    [StoreFact]
    public async Task Put_LongTextWithNul_ReadsBackWhole()
    {
        // SQLite bindings have cut long texts at their first NUL.
        var text = new string('x', 4000) + "\0" + new string('y', 4000);
        var entry = Entry() with { Html = text, Markdown = text, FitHtml = text, ETag = text, Media = text };
        await Store.PutAsync(entry, None);
        AssertSame(entry, await Store.GetAsync(Url, None));
    }

    [StoreFact]
    public async Task Put_LoneSurrogates_BecomeReplacementCharacters()
    {
        await Store.PutAsync(Entry() with { Html = "a\uD800b", Markdown = "\uDC00" }, None);
        var read = await Store.GetAsync(Url, None);
        Assert.Equal("a\uFFFDb", read!.Html);
        Assert.Equal("\uFFFD", read.Markdown);
        Assert.Equal(EntryDigest.Compute(Entry() with { Html = "a\uD800b", Markdown = "\uDC00" }),
            EntryDigest.Compute(read));
    }

    [StoreFact]
    public async Task Put_FiveMegabytes_ReadsBackEqual()
    {
        var large = string.Concat(
            Enumerable.Range(0, 500_000).Select(i => i.ToString("D10", CultureInfo.InvariantCulture)));
        var entry = Entry() with { Html = large };
        await Store.PutAsync(entry, None);
        AssertSame(entry, await Store.GetAsync(Url, None));
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task Put_StructuredPartsThatSayNothing_ReadBackAsDefaults(string nothing)
    {
        await Store.PutAsync(Entry() with
        {
            Media = nothing, Links = nothing, Metadata = nothing, ResponseHeaders = nothing, Tables =
                nothing, DownloadedFiles = nothing,
        }, None);
        var read = await Store.GetAsync(Url, None);
        var bare = new CacheEntry { Url = Url };
        Assert.Equal(
            (bare.Media, bare.Links, bare.Metadata, bare.ResponseHeaders, bare.Tables, bare.DownloadedFiles),
            (read!.Media, read.Links, read.Metadata, read.ResponseHeaders, read.Tables,
                read.DownloadedFiles));
    }

    [StoreTheory]
    [InlineData("https://example.com/")]
    [InlineData("HTTPS://EXAMPLE.COM/")]
    [InlineData("https://example.com")]
    [InlineData("https://example.com/%C3%A9")]
    [InlineData("https://example.com/é")]
    [InlineData("https://example.com/a b?c#d")]
    [InlineData("file:///tmp/x.html")]
    [InlineData("not a url")]
    [InlineData("https://example.com/'\"%_\\")]
    [InlineData("https://example.com/😀")]
    public async Task Put_UrlOfAnyKind_IsKeptVerbatim(string url)
    {
        await Store.PutAsync(Entry("https://example.com/x"), None);
        await Store.PutAsync(Entry(url), None);
        Assert.Equal(url, (await Store.GetAsync(url, None))!.Url);
        Assert.Contains(await ListAsync(CacheQuery.All), summary => summary.Url == url);
        Assert.Null(await Store.GetAsync(url + " ", None));
        Assert.True(await Store.DeleteAsync(url, None));
        Assert.Equal(1, await Store.CountAsync(CacheQuery.All, None));
    }

    [StoreFact]
    public async Task Put_UrlWithLoneSurrogate_CanBeReadBack()
    {
        const string Odd = "https://example.com/\uD800";
        await Store.PutAsync(Entry(Odd), None);
        Assert.Equal("text", (await Store.GetAsync(Odd, None))!.Markdown);
        Assert.Equal("text", (await GetManyAsync("https://none/", Odd))[1].Entry!.Markdown);
        Assert.True(await Store.DeleteAsync(Odd, None));
    }

    [StoreFact]
    public async Task Put_LongUrl_IsKept()
    {
        var url = "https://example.com/?q=" + new string('x', 5000);
        await Store.PutAsync(Entry(url), None);
        AssertSame(Entry(url), await Store.GetAsync(url, None));
        Assert.Equal(url, Assert.Single(await ListAsync(CacheQuery.All)).Url);
    }

    [StoreFact]
    public async Task Put_RandomEntries_ReadBackEqual()
    {
        const int Seed = 20260321;
        var random = new Random(Seed);
        for (var i = 0; i < 60; i++)
        {
            var entry = RandomEntries.Next(random, $"https://example.com/{i % 20}");
            await Store.PutAsync(entry, None);
            var read = await Store.GetAsync(entry.Url, None);
            Assert.True(entry with { Version = read!.Version } == read,
                $"seed {Seed}, entry {i}: {entry} became {read}");
        }
    }
}
