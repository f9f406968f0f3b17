using Crawl4.Core.Fetching.Exchange;

namespace Crawl4.Core.Fetching;

/// <summary>Refuses options that cannot be meant.</summary>
internal static class HttpFetchOptionsCheck
{
    /// <summary>A day: longer than any page takes, short enough for every timer.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static HttpFetchOptions Checked(HttpFetchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckTime(options.ConnectTimeout, nameof(options.ConnectTimeout));
        CheckTime(options.FirstByteTimeout, nameof(options.FirstByteTimeout));
        CheckTime(options.TotalTimeout, nameof(options.TotalTimeout));
        if (options.MaxBodyBytes is < 1 or > int.MaxValue / 2)
        {
            throw Invalid(nameof(options.MaxBodyBytes), $"must be 1 to {int.MaxValue / 2:N0} bytes");
        }

        if (options.MaxRedirects is < 0 or > 1000)
        {
            throw Invalid(nameof(options.MaxRedirects), "must be 0 to 1000");
        }

        if (options.Proxy is { } proxy
            && (!proxy.IsAbsoluteUri
                || proxy.Scheme is not ("http" or "https" or "socks5" or "socks4" or "socks4a")))
        {
            throw Invalid(nameof(options.Proxy), "must be an http, https or socks5 URL");
        }

        if (options.Proxy is { UserInfo.Length: > 0 })
        {
            throw Invalid(nameof(options.Proxy), "must not hold credentials; give them apart");
        }

        RequestHeaders.CheckValue("User-Agent", options.UserAgent);
        return options;
    }

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static void CheckTime(TimeSpan time, string name)
    {
        if (time <= TimeSpan.Zero || time > LongestTimeout)
        {
            throw Invalid(name, "must be more than nothing and at most a day");
        }
    }

    private static Crawl4Exception Invalid(string name, string rule) =>
        new(Crawl4ErrorCode.OptionInvalid, $"{name} {rule}.", name);
}
