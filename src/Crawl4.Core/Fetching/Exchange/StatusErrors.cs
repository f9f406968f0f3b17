using System.Globalization;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>Which status codes are failures, and of what kind.</summary>
internal static class StatusErrors
{
    /// <summary>Null where the answer is the page that was asked for, or says that it has not
    /// changed.</summary>
    public static Crawl4Error? For(FetchRequest request, FetchProgress progress)
    {
        var shown = FetchUrl.Show(progress.FinalUrl);
        var status = progress.StatusCode ?? 0;
        return status switch
        {
            206 when !Asks(request, "Range") => new Crawl4Error(
                Crawl4ErrorCode.PageFailed, $"{shown} answered with a part of the page only (206).", shown),
            >= 200 and < 300 => null,
            304 when request.IfNoneMatch.Length > 0 || request.IfModifiedSince.Length > 0
                || Asks(request, "If-None-Match") || Asks(request, "If-Modified-Since") => null,
            404 or 410 =>
                new Crawl4Error(Crawl4ErrorCode.PageNotFound, $"{shown} does not exist ({status}).", shown),
            401 or 402 or 403 or 407 or 451 => new Crawl4Error(
                Crawl4ErrorCode.PageForbidden, $"The server refuses {shown} ({status} {Meaning(status)}).",
                    shown),
            429 => RateLimited(shown, progress),
            408 or 425 or 500 or 502 or 503 or 504 => new Crawl4Error(
                Crawl4ErrorCode.PageUnavailable, $"The server cannot give {shown} for now ({status}).", shown),
            301 or 302 or 303 or 307 or 308 => new Crawl4Error(
                Crawl4ErrorCode.PageFailed, $"{shown} redirects ({status}) without saying where to.", shown),
            _ =>
                new Crawl4Error(Crawl4ErrorCode.PageFailed, $"{shown} answered with status {status}.", shown),
        };
    }

    private static Crawl4Error RateLimited(string shown, FetchProgress progress)
    {
        var wait = progress.Header("Retry-After");
        var message = $"The server asks to come back later for {shown} (429).";
        if (wait.Length is 0 or > 64)
        {
            return new Crawl4Error(Crawl4ErrorCode.RateLimited, message, shown);
        }

        var advice = int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? $"Wait {seconds} seconds, then crawl this host with fewer requests at a time."
            : $"Wait until {wait}, then crawl this host with fewer requests at a time.";
        return new Crawl4Error(
            Crawl4ErrorCode.RateLimited, $"{message[..^1]}; Retry-After: {wait}.", shown) { Advice = advice };
    }

    private static bool Asks(FetchRequest request, string header) =>
        request.Headers.Keys.Any(name => name.Equals(header, StringComparison.OrdinalIgnoreCase));

    private static string Meaning(int status) => status switch
    {
        401 => "not signed in",
        402 => "payment required",
        407 => "not signed in at the proxy",
        451 => "for legal reasons",
        _ => "forbidden",
    };
}
