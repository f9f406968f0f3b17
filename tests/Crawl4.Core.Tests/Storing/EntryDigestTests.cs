using Crawl4.Core.Storing;

namespace Crawl4.Core.Tests.Storing;

public class EntryDigestTests
{
    private static readonly CacheEntry Plain = new() { Url = "https://example.com/" };

    public static TheoryData<string, CacheEntry> Changes => new()
    {
        { "Url", Plain with { Url = "x" } }, { "Html", Plain with { Html = "x" } },
        { "CleanedHtml", Plain with { CleanedHtml = "x" } },
        { "Markdown", Plain with { Markdown = "x" } },
        { "Citations", Plain with { MarkdownWithCitations = "x" } },
        { "References", Plain with { ReferencesMarkdown = "x" } },
        { "FitMarkdown", Plain with { FitMarkdown = "x" } },
        { "FitHtml", Plain with { FitHtml = "x" } }, { "Extracted", Plain with { ExtractedContent = "x" } },
        { "Success", Plain with { Success = false } },
        { "Media", Plain with { Media = "x" } }, { "Links", Plain with { Links = "x" } },
        { "Metadata", Plain with { Metadata = "x" } },
        { "Tables", Plain with { Tables = "x" } }, { "Screenshot", Plain with { Screenshot = "x" } },
        { "Headers", Plain with { ResponseHeaders = "x" } },
        { "Files", Plain with { DownloadedFiles = "x" } }, { "ETag", Plain with { ETag = "x" } },
        { "LastModified", Plain with { LastModified = "x" } },
        { "Fingerprint", Plain with { HeadFingerprint = "x" } },
        { "CachedAt", Plain with { CachedAt = DateTimeOffset.UnixEpoch } },
        { "Status", Plain with { StatusCode = 200 } }, { "Redirected", Plain with { RedirectedUrl = "x" } },
        { "Error", Plain with { ErrorMessage = "x" } },
        { "Reading", Plain with { ReadingFingerprint = "x" } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Compute_OneFieldDiffers_Differs(string field, CacheEntry changed) =>
        Assert.True(EntryDigest.Compute(Plain) != EntryDigest.Compute(changed), field);

    [Fact]
    public void Compute_EveryPropertyButVersion_IsCovered() =>
        Assert.Equal(typeof(CacheEntry).GetProperties().Count(p => p.CanWrite) - 1, Changes.Count);

    [Fact]
    public void Compute_VersionDiffers_IsEqual() =>
        Assert.Equal(EntryDigest.Compute(Plain), EntryDigest.Compute(Plain with { Version = 5 }));

    [Fact]
    public void Compute_TextMovedToTheNextField_Differs() => Assert.NotEqual(
        EntryDigest.Compute(Plain with { Html = "ab", CleanedHtml = "c" }),
            EntryDigest.Compute(Plain with { Html = "a", CleanedHtml = "bc" }));

    [Fact]
    public void Compute_KnownEntry_NeverChanges() =>
        Assert.Equal("e78ce015cdf2627e70f3f0a6ac57091d3fff88da8be786efc39a7b39f4eaa12b",
            EntryDigest.Compute(Plain with { Html = "é😀", CachedAt = DateTimeOffset.UnixEpoch, StatusCode =
            200 }));

    [Fact]
    public void Compute_LoneSurrogate_CountsAsReplacement() =>
        Assert.Equal(EntryDigest.Compute(Plain with { Html = "\uFFFD" }),
            EntryDigest.Compute(Plain with { Html = "\uD800" }));
}
