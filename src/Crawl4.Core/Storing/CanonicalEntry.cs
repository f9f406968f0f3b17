namespace Crawl4.Core.Storing;

/// <summary>An entry in the form that every store keeps and gives back.</summary>
internal static class CanonicalEntry
{
    private const string EmptyObject = "{}";
    private const string EmptyArray = "[]";

    /// <summary>Structured parts that say nothing are kept as their defaults, which is what they read back
    /// as.</summary>
    public static CacheEntry Of(CacheEntry entry) => entry with
    {
        Media = Or(entry.Media, EmptyObject),
        Links = Or(entry.Links, EmptyObject),
        Metadata = Or(entry.Metadata, EmptyObject),
        ResponseHeaders = Or(entry.ResponseHeaders, EmptyObject),
        Tables = Or(entry.Tables, EmptyArray),
        DownloadedFiles = entry.DownloadedFiles == EmptyObject ? EmptyArray
            : Or(entry.DownloadedFiles, EmptyArray),
    };

    private static string Or(string json, string empty) => json is "" or "\"\"" ? empty : json;
}
