using System.Net;
using System.Net.Http;
using System.Text;
using Crawl4.Core.Fetching.Egress;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>The one HTTP client. It pools connections and speaks TLS, HTTP/1.1 and HTTP/2; redirects,
/// cookies, compression and deadlines are ours, so that each can be checked and bounded.</summary>
internal static class HttpTransport
{
    /// <summary>A connection is renewed this often, so that a host that moved is found again.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ConnectionIdleTime = TimeSpan.FromSeconds(30);

    /// <summary>What is left of an unwanted body is read up to here to keep the connection: a new one costs
    /// about as much as this.</summary>
    private const int MaxDrainBytes = 64 * 1024;

    /// <summary>More than any server sends, in KiB; header lines are kept in memory and in the
    /// cache.</summary>
    private const int MaxHeaderKiB = 64;

    /// <summary>Above this, a crawl of one host is an attack on it; politeness sets far lower
    /// limits.</summary>
    private const int MaxConnectionsPerServer = 256;

    public static HttpMessageInvoker Create(
        HttpFetchOptions options, EgressGate gate, IHostResolver resolver, TimeProvider timeProvider)
    {
        var connector = new PinnedConnector(
            gate, resolver, options.ConnectTimeout, viaProxy: options.Proxy is not null, timeProvider);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // Without this the environment's proxy would be used behind the egress policy's back.
            UseProxy = options.Proxy is not null,
            Proxy = ProxyOf(options),
            ConnectCallback = connector.ConnectAsync,
            PlaintextStreamFilter = PinnedConnector.EstablishedAsync,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = ConnectionIdleTime,
            MaxResponseDrainSize = MaxDrainBytes,
            MaxResponseHeadersLength = MaxHeaderKiB,
            MaxConnectionsPerServer = MaxConnectionsPerServer,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        };
        if (options.SkipCertificateCheck)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private static WebProxy? ProxyOf(HttpFetchOptions options) => options.Proxy is null
        ? null
        : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential, BypassProxyOnLocal = false };
}
