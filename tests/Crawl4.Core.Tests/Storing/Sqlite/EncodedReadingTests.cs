using System.Globalization;
using System.Text;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>What is read as bytes is, byte for byte, what is read as an entry and encoded then. What cannot be is left to
/// the reading as an entry.</summary>
public sealed class EncodedReadingTests
{
    private const int Seed = 20261123;
    private const long Large = 2 * RowEncoding.LargeBytes;

    private static readonly string[] Plain =
    [
        "", "{}", "\"\"", "[]", "plain", "{\"raw_markdown\": \"a\", \"markdown_with_citations\": \"b\", \"references_markdown\": \"c\"}",
        " {\"raw_markdown\": 1}", "é😀", "a\0b", "\uFEFFx", "0123456789abcdef", "{\"k\": [1, 2]}", "\r\n",
    ];

    [Fact]
    public async Task Read_RandomEntriesOfOurs_GivesTheSameBytes()
    {
        using var cache = new CacheOnDisk();
        await using var store = cache.Open();
        var random = new Random(Seed);
        await store.PutManyAsync(
            [.. Enumerable.Range(0, 300).Select(i => RandomEntries.Next(random, $"https://example.com/{i}"))], CancellationToken.None);
        Assert.True(await AssertSameAsync(store) > 100, $"Seed {Seed}");
    }

    [Theory]
    [MemberData(nameof(OldTables.All), MemberType = typeof(OldTables))]
    public async Task Read_RandomRowsOfCrawl4Ai_GivesTheSameBytes(string ddl)
    {
        using var cache = new CacheOnDisk();
        cache.Create(ddl);
        var random = new Random(Seed);
        for (var i = 0; i < 200; i++)
        {
            Insert(cache, random, ddl, string.Create(CultureInfo.InvariantCulture, $"https://example.com/{i}"));
        }

        await using var store = cache.Open();
        Assert.True(await AssertSameAsync(store) > 20, $"Seed {Seed}");
    }

    [RequiresTheory(Requirement.SharedData)]
    [InlineData("crawl4ai-0.2.77", 61)]
    [InlineData("crawl4ai-0.9.2", 161)]
    public async Task Read_RealCache_GivesTheSameBytesOfNearlyAll(string name, int atLeast)
    {
        using var cache = CacheOnDisk.CopyOf(name);
        await using var store = cache.Open();
        Assert.InRange(await AssertSameAsync(store), atLeast, int.MaxValue);
    }

    [Fact]
    public async Task Read_ColumnsOfMegabytes_GivesTheSameBytes()
    {
        using var cache = new CacheOnDisk();
        var media = "{\"images\": \"" + new string('é', 3 * RowEncoding.LargeBytes) + "\"}";
        await using var store = cache.Open();
        await store.PutAsync(new CacheEntry { Url = "https://example.com/ours", Html = "<p>", Markdown = "#", Media = media, FitHtml = media }, default);
        cache.Execute("INSERT INTO crawled_data (url, html, markdown, success, media, links) VALUES ($0, $1, '#' || $2, 1, $2, $2)",
            "https://example.com/theirs", cache.Save("html_content", "<p>of another program</p>"), media);
        Assert.Equal(2, await AssertSameAsync(store));
    }

    [Fact]
    public async Task Read_LargeColumnThatIsNoUtf8_IsLeftToTheOtherWay()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.Execute("INSERT INTO crawled_data (url, html, success, media) VALUES ($0, '', 1, CAST($1 AS TEXT))",
            "https://example.com/", Enumerable.Repeat((byte)0xFF, (int)Large).ToArray());
        await using var store = cache.Open();
        Assert.Null(((IEncodedSource)store).TryReadEncoded("https://example.com/", Large, default));
        Assert.Equal(Large, (await store.GetAsync("https://example.com/", default))!.Media.Length);
    }

    [Fact]
    public async Task Read_DatabaseInUtf16_GivesTheSameBytesOrNone()
    {
        using var cache = new CacheOnDisk();
        cache.Create("PRAGMA encoding = 'UTF-16le'; " + OldTables.Version09);
        cache.Execute("INSERT INTO crawled_data (url, html, success, media) VALUES ($0, '<p>é</p>', 1, $1)",
            "https://example.com/", "{\"a\": \"" + new string('é', (int)Large) + "\"}");
        await using var store = cache.Open();
        Assert.Equal(0, await AssertSameAsync(store));
    }

    [Fact]
    public async Task Read_FileOfGigabytes_IsLeftToTheOtherWayWhichSaysThatItIsDamaged()
    {
        const string Name = "0123456789abcdef";
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.SaveBytes("html_content", Name, []);
        await using (var file = File.OpenWrite(Path.Combine(cache.Folder.Path, "html_content", Name)))
        {
            // Sparse: it takes no room.
            file.SetLength(3L * 1024 * 1024 * 1024);
        }

        cache.Execute("INSERT INTO crawled_data (url, html, success) VALUES ($0, $1, 1)", "https://example.com/", Name);
        await using var store = cache.Open();
        Assert.Equal(0, await AssertSameAsync(store));
    }

    /// <returns>How many could be read as bytes, both ways.</returns>
    private static async Task<int> AssertSameAsync(SqliteCacheStore store)
    {
        var count = 0;
        await foreach (var url in store.ListUrlsAsync(CancellationToken.None))
        {
            CacheEntry? entry = null;
            try
            {
                entry = await store.GetAsync(url, CancellationToken.None);
            }
            catch (Crawl4Exception error)
            {
                Assert.Equal(Crawl4ErrorCode.EntryDamaged, error.Code);
            }

            using var normal = ((IEncodedSource)store).TryReadEncoded(url, 0, CancellationToken.None);
            using var large = ((IEncodedSource)store).TryReadEncoded(url, Large, CancellationToken.None);
            foreach (var encoded in new[] { normal, large }.OfType<EncodedEntry>())
            {
                Assert.True(entry is not null, $"Seed {Seed}: {url} is damaged, and was read as bytes");
                using var expected = new EncodedEntry(CanonicalEntry.Of(entry));
                Assert.True(expected.Bytes.Span.SequenceEqual(encoded.Bytes.Span), $"Seed {Seed}: {url}");
                Assert.Equal((expected.ContentBytes, expected.Version), (encoded.ContentBytes, encoded.Version));
                Assert.Equal((entry.Success, entry.StatusCode, entry.CachedAt), (encoded.Success, encoded.StatusCode, encoded.CachedAt));
            }

            count += normal is not null && large is not null ? 1 : 0;
        }

        return count;
    }

    private static void Insert(CacheOnDisk cache, Random random, string ddl, string url)
    {
        var columns = CrawledTable.Columns.Where(column => ddl.Contains(column + " ", StringComparison.Ordinal)).ToList();
        cache.Execute($"INSERT INTO crawled_data (url, {string.Join(", ", columns)}) VALUES ($0, "
            + string.Join(", ", columns.Select((_, i) => "$" + (i + 1))) + ")",
            [url, .. Values(cache, random, columns, isOdd: random.Next(2) == 0)]);
    }

    private static IEnumerable<object?> Values(CacheOnDisk cache, Random random, List<string> columns, bool isOdd) =>
        columns.Select(column => isOdd ? Value(cache, random, column)
            : column is "success" or CrawledTable.CachedAt ? 1L
            : Array.Exists(ContentKinds.All, kind => ContentKinds.Column(kind) == column)
                ? cache.Save(ContentKinds.Folder(Array.Find(ContentKinds.All, kind => ContentKinds.Column(kind) == column)), "text " + random.Next(9))
            : Plain[random.Next(Plain.Length)]);

    private static object? Value(CacheOnDisk cache, Random random, string column)
    {
        if (column is "success" or CrawledTable.CachedAt)
        {
            return random.Next(5) switch { 0 => null, 1 => 0L, 2 => 1, 3 => 1.5e9 + random.NextDouble(), _ => "1" };
        }

        var text = Plain[random.Next(Plain.Length)];
        var kind = Array.FindIndex(ContentKinds.All, one => ContentKinds.Column(one) == column);
        return random.Next(12) switch
        {
            0 => null,
            1 => Encoding.UTF8.GetBytes(text),
            2 => 7L,
            // The name of a file, of one that is not there, and a name of a name.
            < 8 when kind >= 0 => cache.Save(ContentKinds.Folder((ContentKind)kind), text + random.Next(1000)),
            8 when kind >= 0 => "fedcba9876543210",
            9 when kind >= 0 => cache.Save(
                ContentKinds.Folder((ContentKind)kind), cache.Save(ContentKinds.Folder((ContentKind)kind), text + "!")),
            10 when kind >= 0 => cache.SaveBytes(ContentKinds.Folder((ContentKind)kind), "00000000000000aa", [1, 2, 0xFF]),
            _ => text,
        };
    }
}
