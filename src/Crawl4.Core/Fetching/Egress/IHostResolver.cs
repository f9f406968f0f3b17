using System.Net;

namespace Crawl4.Core.Fetching.Egress;

/// <summary>Finds a host's addresses.</summary>
internal interface IHostResolver
{
    /// <summary>All addresses of a host, in the order to try them.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such host, or nobody to
    /// ask.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Asks the operating system.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    public static readonly SystemHostResolver Instance = new();

    /// <summary>The system's own call may not stop when told to; the waiting for it does.</summary>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken).WaitAsync(cancellationToken);
}
