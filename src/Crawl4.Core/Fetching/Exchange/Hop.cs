using System.Net;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>What is asked of whom next.</summary>
/// <param name="Uri">Where to, without credentials.</param>
/// <param name="Method">The method.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Credential">Name and password, or null.</param>
/// <param name="AtFirstOrigin">False for ever once a redirect has left the origin that was asked
/// first.</param>
internal sealed record Hop(
    Uri Uri, string Method, ReadOnlyMemory<byte>? Body, NetworkCredential? Credential, bool AtFirstOrigin)
{
    /// <summary>The first request. Name and password in the URL count where none are given beside
    /// it.</summary>
    public static Hop First(FetchRequest request, Uri uri)
    {
        var credential = request.Credential;
        if (uri.UserInfo.Length > 0)
        {
            var parts = uri.UserInfo.Split(':', 2);
            credential ??= new NetworkCredential(
                Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            uri = new Uri(FetchUrl.WithoutCredentials(uri));
        }

        return new Hop(uri, request.Method.ToUpperInvariant(), request.Body, credential, AtFirstOrigin: true);
    }

    /// <summary>The request that follows a redirect. POST becomes GET after 301 and 302, everything but GET
    /// and HEAD after 303 (WHATWG Fetch, HTTP-redirect fetch); credentials stay behind when the origin
    /// changes and do not come back. Credentials that the redirect itself brings are ignored.</summary>
    public Hop Follow(int status, Uri target)
    {
        var toGet = (status is 301 or 302 && Method == "POST")
            || (status == 303 && Method is not ("GET" or "HEAD"));
        var stays = AtFirstOrigin && FetchUrl.SameOrigin(Uri, target);
        return new Hop(
            target.UserInfo.Length == 0 ? target : new Uri(FetchUrl.WithoutCredentials(target)),
            toGet ? "GET" : Method,
            toGet ? null : Body,
            stays ? Credential : null,
            stays);
    }
}
