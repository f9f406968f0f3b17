using System.IO.Compression;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>Turns what the network threw into an error that names the cause.</summary>
internal static class FailureMap
{
    public static Crawl4Exception WhileAsking(
        Exception failure, Uri uri, HopClock clock, FetchDeadline deadline, HttpFetchOptions options)
    {
        if (Inner<Crawl4Exception>(failure) is { } known)
        {
            return known;
        }

        var shown = FetchUrl.Show(uri);
        if (clock.ConnectExpired)
        {
            return Timeout(
                $"No connection to {uri.Host}", options.ConnectTimeout, "connect timeout", shown, failure);
        }

        if (deadline.Expired)
        {
            return TotalTimeout(deadline, shown, failure);
        }

        if (clock.FirstByteExpired)
        {
            return Timeout(
                $"{shown} sent no answer", options.FirstByteTimeout, "first-byte timeout", shown, failure);
        }

        return Network(failure, uri, options.Proxy);
    }

    public static Crawl4Exception WhileReading(Exception failure, Uri uri, FetchDeadline deadline)
    {
        var shown = FetchUrl.Show(uri);
        return failure switch
        {
            Crawl4Exception known => known,
            _ when deadline.Expired => TotalTimeout(deadline, shown, failure),
            // Brotli's decompressor says InvalidOperationException.
            InvalidDataException or InvalidOperationException => new Crawl4Exception(
                Crawl4ErrorCode.PageUnreadable,
                $"The body of {shown} is not compressed as its Content-Encoding says, or is cut short.",
                shown,
                failure),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => Unreachable(
                $"The answer of {shown} ended before its end: the connection was cut.", shown, failure),
            HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => Garbage(shown, failure),
            _ => Network(failure, uri, proxy: null),
        };
    }

    private static Crawl4Exception Network(Exception failure, Uri uri, Uri? proxy)
    {
        var shown = FetchUrl.Show(uri);
        var to = proxy is null
            ? $"{uri.Host} port {uri.Port}"
            : $"{uri.Host} by the proxy {proxy.Host} port {proxy.Port}";
        if (Inner<AuthenticationException>(failure) is { } tls)
        {
            return new Crawl4Exception(
                new Crawl4Error(
                    Crawl4ErrorCode.PageUnreachable, $"TLS with {uri.Host} failed: {OneLine(tls.Message)}",
                        shown)
                { Advice = "Check the certificate; skip the check only where you trust the network." },
                failure);
        }

        var request = failure as HttpRequestException;
        return (request?.HttpRequestError, Inner<SocketException>(failure)?.SocketErrorCode) switch
        {
            (HttpRequestError.ProxyTunnelError, _) => Proxy(request!, uri, proxy, shown),
            (HttpRequestError.ConfigurationLimitExceeded, _) => new Crawl4Exception(
                Crawl4ErrorCode.PageTooLarge, $"The headers of {shown} are larger than allowed.", shown,
                    failure),
            (HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError, _) =>
                Garbage(shown, failure),
            (HttpRequestError.ResponseEnded, _) => Unreachable(
                $"{uri.Host} closed the connection without an answer.", shown, failure),
            (HttpRequestError.SecureConnectionError, _) => Unreachable(
                $"TLS with {uri.Host} failed: {OneLine((request!.InnerException ?? request).Message)}", shown,
                    failure),
            (_, SocketError.ConnectionRefused) =>
                Unreachable($"The connection to {to} was refused.", shown, failure),
            (_, SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) =>
                Unreachable($"The connection to {to} was reset.", shown, failure),
            (_, SocketError.TimedOut) => Unreachable($"{to} did not answer.", shown, failure),
            (_, SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain) =>
                Unreachable($"The host name of {to} was not found.", shown, failure),
            (_, SocketError.NetworkUnreachable or SocketError.HostUnreachable) =>
                Unreachable($"There is no route to {to}.", shown, failure),
            _ => Unreachable($"The connection to {to} failed: {OneLine(failure.Message)}", shown, failure),
        };
    }

    private static Crawl4Exception Proxy(HttpRequestException failure, Uri uri, Uri? proxy, string shown) =>
        failure.StatusCode == HttpStatusCode.ProxyAuthenticationRequired
            ? new Crawl4Exception(
                new Crawl4Error(
                    Crawl4ErrorCode.PageForbidden,
                        $"The proxy {proxy?.Host} asks for a name and password (407).", shown)
                { Advice = "Give credentials that the proxy accepts." },
                failure)
            : Unreachable(
                $"The proxy {proxy?.Host} did not connect to {uri.Host}: {OneLine(failure.Message)}", shown,
                    failure);

    private static Crawl4Exception Garbage(string shown, Exception cause) => new(
        Crawl4ErrorCode.PageUnreadable, $"What {shown} answered is not HTTP: {OneLine(cause.Message)}", shown,
            cause);

    private static Crawl4Exception TotalTimeout(FetchDeadline deadline, string shown, Exception cause) =>
        Timeout($"{shown} was not complete", deadline.Allowed, "total timeout", shown, cause);

    private static Crawl4Exception Timeout(
        string what, TimeSpan allowed, string which, string target, Exception cause) =>
        new(Crawl4ErrorCode.PageTimeout, $"{what} within {allowed.TotalSeconds:0.###} s ({which}).", target,
            cause);

    private static Crawl4Exception Unreachable(string message, string target, Exception? cause) =>
        new(Crawl4ErrorCode.PageUnreachable, message, target, cause);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static T? Inner<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found)
            {
                return found;
            }
        }

        return null;
    }
}
