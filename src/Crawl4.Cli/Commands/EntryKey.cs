using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Commands;

/// <summary>The keys that an entry may be kept under, given a URL as it was typed.</summary>
internal static class EntryKey
{
    /// <summary>The URL verbatim, as Crawl4AI keeps it, and without name and password, as Crawl4 does.</summary>
    public static IReadOnlyList<string> CandidatesOf(string typed) => TypedUrl.KeysOf(TypedUrl.Complete(typed));
}
