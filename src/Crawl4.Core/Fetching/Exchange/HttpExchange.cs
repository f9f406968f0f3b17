using System.Net;
using System.Net.Http;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching.Bodies;
using Crawl4.Core.Fetching.Egress;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>Asks for a page and follows it to where it is. Every hop passes the egress gate.</summary>
internal sealed class HttpExchange(
    HttpFetchOptions options, HttpMessageInvoker client, EgressGate gate, TimeProvider timeProvider,
        IEventSink events)
{
    private readonly CookieSessions _sessions = new();

    /// <summary>Gives the body of the last answer, decompressed.</summary>
    /// <exception cref="Crawl4Exception">Whatever went wrong.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(
        FetchRequest request, Uri uri, FetchProgress progress, FetchDeadline deadline)
    {
        var jar = _sessions.JarOf(request.SessionId);
        var hop = Hop.First(request, uri);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (!seen.Add($"{hop.Method} {hop.Uri.AbsoluteUri}\n{jar.GetCookieHeader(hop.Uri)}"))
            {
                throw Loops(hop.Uri, progress);
            }

            progress.Asking(hop.Uri);
            using var message = RequestHeaders.Build(request, hop, jar, options.UserAgent);
            using var clock = new HopClock(message, options.FirstByteTimeout, timeProvider, deadline.Ending);
            using var response = await SendAsync(message, hop, clock, deadline).ConfigureAwait(false);
            progress.Answered(response);
            CookieSessions.Keep(jar, hop.Uri, response);
            if (progress.StatusCode is not (301 or 302 or 303 or 307 or 308)
                || progress.Header("Location").Length == 0)
            {
                return await ReadBodyAsync(hop, response, deadline).ConfigureAwait(false);
            }

            hop = Redirect(hop, progress);
        }
    }

    private Hop Redirect(Hop hop, FetchProgress progress)
    {
        var shown = FetchUrl.Show(hop.Uri);
        var status = progress.StatusCode!.Value;
        var location = progress.Header("Location");
        var scheme = FetchUrl.SchemeOf(location.Trim());
        gate.CheckRedirect(hop.Uri, scheme.Length > 0 ? scheme : hop.Uri.Scheme);
        var target = FetchUrl.Resolve(hop.Uri, location) ?? throw new Crawl4Exception(
            Crawl4ErrorCode.PageUnreadable, $"{shown} redirects to something that is not a URL.", shown);
        gate.CheckRedirect(hop.Uri, target.Scheme);
        if (target.Host.Length == 0)
        {
            throw new Crawl4Exception(
                Crawl4ErrorCode.PageUnreadable, $"{shown} redirects to no host.", shown);
        }

        if (progress.RedirectCount >= options.MaxRedirects)
        {
            throw new Crawl4Exception(
                Crawl4ErrorCode.TooManyRedirects,
                $"{shown} redirects once more after {options.MaxRedirects}, the most that are followed.",
                shown);
        }

        progress.RedirectCount++;
        if (events.IsEnabled(EventSeverity.Information))
        {
            var message = $"{status} {shown} -> {FetchUrl.Show(target)}";
            events.Write(new Crawl4Event(EventIds.RedirectFollowed, EventSeverity.Information, message));
        }

        return hop.Follow(status, target);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message, Hop hop, HopClock clock, FetchDeadline deadline)
    {
        try
        {
            if (options.Proxy is not null && !gate.AllowsEverywhere)
            {
                // The proxy resolves the name again: between the two a name can change, which only the
                // proxy's own policy can prevent.
                await gate.ResolveAsync(hop.Uri.IdnHost, clock.Ending).ConfigureAwait(false);
            }

            if (events.IsEnabled(EventSeverity.Debug))
            {
                var text = $"{hop.Method} {FetchUrl.Show(hop.Uri)}";
                events.Write(new Crawl4Event(EventIds.RequestSent, EventSeverity.Debug, text));
            }

            return await client.SendAsync(message, clock.Ending).ConfigureAwait(false);
        }
        catch (Exception failure) when (!deadline.IsCancelledByCaller)
        {
            throw FailureMap.WhileAsking(failure, hop.Uri, clock, deadline, options);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        Hop hop, HttpResponseMessage response, FetchDeadline deadline)
    {
        try
        {
            var shown = FetchUrl.Show(hop.Uri);
            return await BodyReader.ReadAsync(
                response, shown, options.MaxBodyBytes, deadline.Ending).ConfigureAwait(false);
        }
        catch (Exception failure) when (!deadline.IsCancelledByCaller)
        {
            throw FailureMap.WhileReading(failure, hop.Uri, deadline);
        }
    }

    private static Crawl4Exception Loops(Uri uri, FetchProgress progress)
    {
        var shown = FetchUrl.Show(uri);
        return new Crawl4Exception(
            Crawl4ErrorCode.TooManyRedirects,
            $"The redirects go in a circle: {shown} leads back to itself after {progress.RedirectCount}.",
            shown);
    }
}
