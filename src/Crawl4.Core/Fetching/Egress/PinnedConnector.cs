using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Crawl4.Core.Fetching.Exchange;

namespace Crawl4.Core.Fetching.Egress;

/// <summary>Opens the connections of the one HTTP client: resolves once, has the addresses checked, and
/// connects to one of exactly those, so that a name that answers differently the second time gains
/// nothing.</summary>
internal sealed class PinnedConnector(
    EgressGate gate, IHostResolver resolver, TimeSpan timeout, bool viaProxy, TimeProvider timeProvider)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var hop = HopClock.Of(context.InitialRequestMessage);
        var attempt = new ConnectAttempt(timeout, timeProvider, stop, hop?.Ending ?? CancellationToken.None);
        hop?.ConnectStarted(attempt);
        var endPoint = context.DnsEndPoint;
        Socket? socket = null;
        try
        {
            // A proxy is the caller's own choice; what is asked of it is checked before the request is sent.
            var addresses = viaProxy
                ? await resolver.ResolveAsync(endPoint.Host, attempt.Token).ConfigureAwait(false)
                : await gate.ResolveAsync(endPoint.Host, attempt.Token).ConfigureAwait(false);
            socket = await ConnectToOneAsync(addresses, endPoint, attempt).ConfigureAwait(false);
            if (hop is null || viaProxy)
            {
                attempt.Dispose();
            }
            else
            {
                attempt.Guard(socket);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failure)
        {
            attempt.Dispose();
            socket?.Dispose();
            if (failure is OperationCanceledException or ObjectDisposedException && attempt.Expired)
            {
                throw TimedOut(endPoint.Host, failure);
            }

            throw;
        }
    }

    /// <summary>For <see cref="SocketsHttpHandler.PlaintextStreamFilter"/>, which runs once TLS is
    /// up.</summary>
    public static ValueTask<Stream> EstablishedAsync(
        SocketsHttpPlaintextStreamFilterContext context, CancellationToken stop)
    {
        HopClock.Of(context.InitialRequestMessage)?.ConnectEnded();
        return ValueTask.FromResult(context.PlaintextStream);
    }

    /// <summary>Tries the addresses in turn. Each but the last may take its share of the time only, so that
    /// one dead address does not use up the time of a live one.</summary>
    private async Task<Socket> ConnectToOneAsync(
        IPAddress[] addresses, DnsEndPoint endPoint, ConnectAttempt attempt)
    {
        var share = timeout / addresses.Length;
        SocketException? last = null;
        for (var index = 0; index < addresses.Length; index++)
        {
            using var mine = index == addresses.Length - 1
                ? new CancellationTokenSource()
                : new CancellationTokenSource(share, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(mine.Token, attempt.Token);
            var socket = new Socket(
                addresses[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                var target = new IPEndPoint(addresses[index], endPoint.Port);
                await socket.ConnectAsync(target, either.Token).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException failure)
            {
                socket.Dispose();
                last = failure;
            }
            catch (OperationCanceledException) when (!attempt.Token.IsCancellationRequested)
            {
                socket.Dispose();
                last = new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    private Crawl4Exception TimedOut(string host, Exception cause) => new(
        Crawl4ErrorCode.PageTimeout,
        $"No connection to {host} within {timeout.TotalSeconds:0.###} s (connect timeout).",
        host,
        cause);
}
