namespace Crawl4.Core.Storing;

/// <summary>Content that no entry refers to.</summary>
/// <param name="Name">Its name: a file's path within the cache folder, or a chunk's key.</param>
/// <param name="Url">The entry that it was written for, where that is known; else empty.</param>
/// <param name="SizeBytes">Its size. Zero where it is not known.</param>
/// <param name="WrittenAt">When it was written last.</param>
public sealed record OrphanedContent(string Name, string Url, long SizeBytes, DateTimeOffset WrittenAt);
