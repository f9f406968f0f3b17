using Crawl4.Core;

namespace Crawl4.PowerShell.Commands;

/// <summary>Errors of cmdlets that name an entry.</summary>
internal static class CacheEntryErrors
{
    /// <param name="shown">The URL without name and password: an error is shown, logged and sent on.</param>
    public static Crawl4Error Missing(string shown) =>
        new(Crawl4ErrorCode.EntryMissing, $"The cache has no entry for {shown}.", shown);
}
