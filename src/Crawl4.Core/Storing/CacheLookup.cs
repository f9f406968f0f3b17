namespace Crawl4.Core.Storing;

/// <summary>What looking up one URL among many gave: an entry, nothing, or an error that says why it cannot be
/// read. One damaged entry does not stop the others.</summary>
/// <param name="Url">The URL that was looked up.</param>
/// <param name="Entry">The entry, or null.</param>
/// <param name="Error">Why the entry cannot be given, or null.</param>
public sealed record CacheLookup(string Url, CacheEntry? Entry, Crawl4Error? Error);
