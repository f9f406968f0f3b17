using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

/// <summary>Listing and counting.</summary>
public abstract partial class CacheStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [StoreFact]
    public async Task List_Everything_ComesInByteOrderWithoutContent()
    {
        string[] urls = ["https://b/", "https://a/\uFFFD", "https://a/😀", "https://a/", "https://a/b",
            "https://a/B", "https://a/é"];
        await Store.PutManyAsync([.. urls.Select(url => Entry(url))], None);
        var listed = await ListAsync(CacheQuery.All);
        Assert.Equal(urls.OrderBy(
            url => Convert.ToHexString(Encoding.UTF8.GetBytes(url)), StringComparer.Ordinal),
            listed.Select(s => s.Url));
    }

    [StoreFact]
    public async Task List_OneEntry_SaysWhatItIs()
    {
        var put = await Store.PutAsync(Entry(), None);
        var e = Entry();
        var size = new[]
        {
            e.Html, e.CleanedHtml, e.Markdown, e.MarkdownWithCitations, e.ReferencesMarkdown, e.FitMarkdown,
            e.FitHtml,
            e.ExtractedContent, e.Media, e.Links, e.Metadata, e.Tables, e.Screenshot, e.ResponseHeaders,
            e.DownloadedFiles,
        }.Sum(Encoding.UTF8.GetByteCount);
        Assert.Equal(new CacheEntrySummary(Url, e.CachedAt, size, true, 203, put.Version),
            Assert.Single(await ListAsync(CacheQuery.All)));
    }

    [StoreFact]
    public async Task List_MoreThanAPage_GivesEachOnce()
    {
        string[] urls = [.. Enumerable.Range(0, 1203).Select(i => $"https://example.com/{i:D5}")];
        await Store.PutManyAsync([.. urls.Select(url => new CacheEntry { Url = url })], None);
        Assert.Equal(urls, (await ListAsync(CacheQuery.All)).Select(s => s.Url));
        Assert.Equal(urls[..700], (await ListAsync(new CacheQuery { Limit = 700 })).Select(s => s.Url));
        Assert.Equal(1203, await Store.CountAsync(CacheQuery.All, None));
        Assert.Equal(700, await Store.CountAsync(new CacheQuery { Limit = 700 }, None));
        Assert.Equal(100, await Store.CountAsync(
            new CacheQuery { UrlPrefix = "https://example.com/010" }, None));
    }

    [StoreTheory]
    [InlineData("https://a.example/", 3)]
    [InlineData("https://a.example/x", 2)]
    [InlineData("https://a.example/x%", 0)]
    [InlineData("HTTPS://", 0)]
    [InlineData("https://a.example/é", 1)]
    [InlineData("", 5)]
    public async Task List_Prefix_IsComparedByteForByte(string prefix, int expected)
    {
        string[] urls = ["https://a.example/x", "https://a.example/xy", "https://a.example/é",
            "https://a.examplf/", "https://b.example/x"];
        await Store.PutManyAsync([.. urls.Select(url => Entry(url))], None);
        var query = new CacheQuery { UrlPrefix = prefix };
        Assert.Equal(expected, (await ListAsync(query)).Count);
        Assert.Equal(expected, await Store.CountAsync(query, None));
    }

    [StoreTheory]
    [InlineData("", "", 6)]
    [InlineData("https://a.example/", "", 6)]
    [InlineData("https://a.example/x", "", 5)]
    [InlineData("https://a.example/xx", "", 5)]
    [InlineData("https://a.example/é", "", 3)]
    [InlineData("https://c", "", 0)]
    [InlineData("https://a.example/x", "https://a.example/", 3)]
    [InlineData("https://a.example/x", "https://a.example/x", 1)]
    [InlineData("https://a", "https://a.example/x", 2)]
    [InlineData("https://b", "https://a.example/", 0)]
    [InlineData("https://a.example/\uFFFD", "https://a.example/", 1)]
    public async Task List_After_GoesOnBehindAUrl(string after, string prefix, int expected)
    {
        string[] urls = ["https://a.example/x", "https://a.example/xy", "https://a.example/é",
            "https://a.example/😀", "https://a.examplf/", "https://b.example/x"];
        await Store.PutManyAsync([.. urls.Select(url => Entry(url))], None);
        var query = new CacheQuery { UrlAfter = after, UrlPrefix = prefix };
        Assert.Equal(urls.Where(url => url.StartsWith(prefix, StringComparison.Ordinal))
            .Where(url => Encoding.UTF8.GetBytes(url).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(after)) > 0)
            .OrderBy(url => Convert.ToHexString(Encoding.UTF8.GetBytes(url)), StringComparer.Ordinal),
            (await ListAsync(query)).Select(s => s.Url));
        Assert.Equal(expected, await Store.CountAsync(query, None));
    }

    [StoreFact]
    public async Task List_AfterEachOfLongUrls_ComesToAllOfThem()
    {
        var stem = "https://example.com/" + new string('x', 2000);
        string[] urls = [.. Enumerable.Range(0, 30).Select(i => $"{stem}{i:D2}{new string('y', i * 10)}")];
        await Store.PutManyAsync([.. urls.Select(url => new CacheEntry { Url = url })], None);
        var found = new List<string>();
        while ((await ListAsync(new CacheQuery { UrlAfter = found.LastOrDefault(), Limit = 1 })).SingleOrDefault() is { } next)
        {
            found.Add(next.Url);
        }

        Assert.Equal(urls, found);
    }

    [StoreTheory]
    [InlineData("example.com", new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("EXAMPLE.com", new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(".example.com", new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("sub.example.com", new[] { 1 })]
    [InlineData("com", new[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("ample.com", new int[0])]
    [InlineData("127.0.0.1", new[] { 8 })]
    [InlineData("0.0.1", new int[0])]
    [InlineData("::1", new[] { 9 })]
    [InlineData("[::1]", new[] { 9 })]
    [InlineData("münchen.example", new[] { 10, 11 })]
    [InlineData("xn--mnchen-3ya.example", new[] { 10, 11 })]
    [InlineData("a_b.example", new[] { 12 })]
    public async Task List_Domain_TakesHostsAtOrBelowIt(string domain, int[] expected)
    {
        string[] urls =
        [
            "https://example.com/", "https://sub.Example.COM/x", "http://example.com:8080/",
            "https://user:pw@example.com/",
            "https://example.com./", "https://example.com", "https://notexample.com/?u=example.com",
            "https://other.com/example.com",
            "http://127.0.0.1:8077/", "http://[::1]:80/", "https://münchen.example/",
            "https://a.xn--mnchen-3ya.example/",
            "https://a_b.example/", "not a url example.com", "file:///example.com/x",
        ];
        await Store.PutManyAsync([.. urls.Select(url => Entry(url))], None);
        var query = new CacheQuery { Domain = domain };
        Assert.Equal(expected.Select(i => urls[i]).Order(StringComparer.Ordinal),
            (await ListAsync(query)).Select(s => s.Url).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, await Store.CountAsync(query, None));
    }

    [StoreTheory]
    [InlineData("https://example.com")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("example.com/news")]
    [InlineData("example.com:8080")]
    [InlineData("[::1]:80")]
    [InlineData("*.example.com")]
    [InlineData("two words")]
    [InlineData(" ")]
    [InlineData(".")]
    public async Task List_DomainThatIsNoHost_IsRefused(string domain)
    {
        await Store.PutAsync(Entry("https://example.com/"), None);
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(
            () => ListAsync(new CacheQuery { Domain = domain }));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task List_ByTime_TreatsNoTimeAsOldest()
    {
        await Store.PutManyAsync(
        [
            Entry("https://old/") with { CachedAt = Noon.AddHours(-1) },
            Entry("https://noon/") with { CachedAt = Noon },
            Entry("https://new/") with { CachedAt = Noon.AddHours(1) },
            Entry("https://untimed/") with { CachedAt = null },
        ], None);
        Assert.Equal(["https://old/", "https://untimed/"],
            (await ListAsync(new CacheQuery { CachedBefore = Noon })).Select(s => s.Url));
        Assert.Equal(["https://new/", "https://noon/"],
            (await ListAsync(new CacheQuery { CachedSince = Noon })).Select(s => s.Url));
        Assert.Equal(["https://noon/"],
            (await ListAsync(new CacheQuery { CachedSince = Noon, CachedBefore = Noon.AddTicks(1) })).Select(
            s => s.Url));
        Assert.Equal(2, await Store.CountAsync(new CacheQuery { CachedBefore = Noon }, None));
    }

    [StoreFact]
    public async Task List_AllConditions_MustHold()
    {
        await Store.PutManyAsync(
        [
            Entry("https://a.example/1") with { CachedAt = Noon },
            Entry("https://a.example/2") with { CachedAt = Noon },
            Entry("https://a.example/3") with { CachedAt = Noon.AddDays(-1) },
            Entry("http://a.example/4") with { CachedAt = Noon },
        ], None);
        var query = new CacheQuery { UrlPrefix = "https://", Domain = "a.example", CachedSince = Noon,
            Limit = 1 };
        Assert.Equal("https://a.example/1", Assert.Single(await ListAsync(query)).Url);
        Assert.Equal(2, await Store.CountAsync(query with { Limit = null }, None));
    }

    [StoreTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task List_LimitNotPositive_IsAnArgumentError(int limit)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ListAsync(new CacheQuery { Limit = limit }));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Store.CountAsync(new CacheQuery { Limit = limit }, None));
    }

    [StoreFact]
    public async Task List_WritesMeanwhile_GivesNoneTwice()
    {
        await Store.PutManyAsync(
            [.. Enumerable.Range(0, 600).Select(i => new CacheEntry { Url = $"https://e/{i:D4}" })], None);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var summary in Store.ListAsync(CacheQuery.All, None))
        {
            Assert.True(seen.Add(summary.Url));
            if (seen.Count % 100 == 0)
            {
                await Store.PutAsync(new CacheEntry { Url = $"https://e/{9999 - seen.Count:D4}" }, None);
                await Store.DeleteAsync($"https://e/{seen.Count + 50:D4}", None);
            }
        }

        Assert.True(seen.Count >= 594);
    }
}
