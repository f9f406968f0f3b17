using Crawl4.Core;

namespace Crawl4.PowerShell.Commands;

/// <summary>Errors of cmdlets that name an entry.</summary>
internal static class CacheEntryErrors
{
    public static Crawl4Error Missing(string url) =>
        new(Crawl4ErrorCode.EntryMissing, $"The cache has no entry for {WithoutSecrets(url)}.", url);

    // A key may be a URL with a password in it; an error is shown, logged and sent on.
    private static string WithoutSecrets(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.SafeUnescaped)
            : url;
}
