using System.Text;

namespace Crawl4.Core.Fetching.Bodies;

/// <summary>What kind of content a page is that was fetched once and now comes out of a cache.</summary>
internal static class StoredPageKind
{
    // More than any look at a body's beginning takes into account.
    private const int BeginningCharacters = 4096;

    /// <summary>By the Content-Type header that was stored with it, or by the extension where there was none. What
    /// a cache holds as text was read as text, so it is never a download.</summary>
    public static PageKind Of(string contentType, string url, string content)
    {
        var type = MediaType.Parse(contentType).Essence;
        if (type.Length == 0 && Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            type = PageKinds.TypeOfExtension(address.AbsolutePath);
        }

        var beginning = content.AsSpan(0, Math.Min(content.Length, BeginningCharacters));
        var kind = PageKinds.Of(type, Encoding.UTF8.GetBytes(beginning.ToArray()));
        return kind == PageKind.Download ? PageKind.Html : kind;
    }
}
