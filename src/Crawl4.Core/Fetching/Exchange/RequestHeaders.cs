using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Net.Http;
using System.Text;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>The headers of a request: ours, with the caller's over them.</summary>
internal static class RequestHeaders
{
    private const string Accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private const string AcceptLanguage = "en-US,en;q=0.5";
    private const string AcceptEncoding = "gzip, deflate, br";

    private static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Sent to another origin too. All other headers of the caller's stay with the first: any of
    /// them may hold a secret, and only their owner knows (X-Api-Key, Cookie, Authorization...).</summary>
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Language",
        "Content-Type", "DNT", "If-Modified-Since", "If-None-Match", "Pragma", "Priority", "Range",
            "Sec-Fetch-Dest",
        "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "Upgrade-Insecure-Requests", "User-Agent");

    /// <summary>They belong to the connection, which is not the caller's; left out without a word, since they
    /// are in every set of headers copied from a browser.</summary>
    private static readonly FrozenSet<string> OfConnection = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Connection", "Keep-Alive", "Proxy-Connection", "TE");

    /// <summary>They frame the message: a wrong one makes two requests out of one.</summary>
    private static readonly FrozenSet<string> OfFraming = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Content-Length", "Expect", "Trailer", "Transfer-Encoding",
            "Upgrade");

    /// <summary>They describe the body; without one they are left out.</summary>
    private static readonly FrozenSet<string> OfContent = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location",
            "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified");

    /// <summary>Checks the caller's method and headers before anything is sent.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static void Check(FetchRequest request)
    {
        if (!IsToken(request.Method)
            || request.Method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase)
            || request.Method.Equals("TRACE", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("The request's method is not one that can be sent.", "Method");
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!IsToken(name))
            {
                throw Invalid($"'{Printable(name)}' is not a header name.", "Headers");
            }

            if (OfFraming.Contains(name))
            {
                throw Invalid(
                    $"The header {name} is made from the request's body and cannot be given.", name);
            }

            CheckValue(name, value);
        }

        CheckValue("User-Agent", request.UserAgent);
        CheckValue("If-None-Match", request.IfNoneMatch);
        CheckValue("If-Modified-Since", request.IfModifiedSince);
    }

    /// <summary>A value without control characters, which would end the header and begin another.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static void CheckValue(string name, string? value)
    {
        if (value is not null && value.AsSpan().ContainsAnyInRange('\0', '\u001f')
            && value.Any(c => c < ' ' && c != '\t'))
        {
            throw Invalid($"The header {name} has a control character in its value.", name);
        }
    }

    /// <summary>Makes the message of one hop.</summary>
    public static HttpRequestMessage Build(
        FetchRequest request, Hop hop, CookieContainer jar, string userAgent)
    {
        var message = new HttpRequestMessage(new HttpMethod(hop.Method), hop.Uri)
        {
            // "OrLower" from 2.0 asks for HTTP/2 over TLS and takes HTTP/1.1. "OrHigher" would follow Alt-Svc
            // to HTTP/3, whose connections pass the connect callback by, and with it the egress policy.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (hop.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
        }

        Set(message, "Accept", Accept);
        Set(message, "Accept-Language", AcceptLanguage);
        Set(message, "Accept-Encoding", AcceptEncoding);
        Set(message, "User-Agent", request.UserAgent ?? userAgent);
        Set(message, "If-None-Match", request.IfNoneMatch);
        Set(message, "If-Modified-Since", request.IfModifiedSince);
        if (hop.Credential is { } credential)
        {
            var pair = $"{credential.UserName}:{credential.Password}";
            Set(message, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!OfConnection.Contains(name) && (hop.AtFirstOrigin || Harmless.Contains(name)))
            {
                Set(message, name, value);
            }
        }

        AddCookies(message, jar.GetCookieHeader(hop.Uri));
        return message;
    }

    private static void AddCookies(HttpRequestMessage message, string kept)
    {
        if (kept.Length == 0)
        {
            return;
        }

        var given = message.Headers.NonValidated.TryGetValues("Cookie", out var values)
            ? values.ToString()
            : "";
        Set(message, "Cookie", given.Length == 0 ? kept : $"{given}; {kept}");
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (OfContent.Contains(name))
        {
            // They go with the body, and stay behind where a redirect dropped it.
            message.Content?.Headers.Remove(name);
            message.Content?.Headers.TryAddWithoutValidation(name, value);
            return;
        }

        message.Headers.Remove(name);
        message.Headers.TryAddWithoutValidation(name, value);
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenChars);

    private static string Printable(string text) =>
        new([.. text.Take(40).Select(c => char.IsControl(c) ? '?' : c)]);

    private static Crawl4Exception Invalid(string message, string target) =>
        new(Crawl4ErrorCode.OptionInvalid, message, target);
}
