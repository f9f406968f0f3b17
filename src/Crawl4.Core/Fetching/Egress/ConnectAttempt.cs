using System.Net.Sockets;

namespace Crawl4.Core.Fetching.Egress;

/// <summary>The time that a connection may take to come up, TLS included. It closes the socket when it ends,
/// since a handshake knows no deadline of ours.</summary>
internal sealed class ConnectAttempt : IDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _ending;
    private CancellationTokenRegistration _closing;

    public ConnectAttempt(
        TimeSpan timeout, TimeProvider timeProvider, params ReadOnlySpan<CancellationToken> others)
    {
        _deadline = new CancellationTokenSource(timeout, timeProvider);
        CancellationToken[] tokens = [_deadline.Token, .. others];
        _ending = CancellationTokenSource.CreateLinkedTokenSource(tokens);
        Token = _ending.Token;
    }

    public CancellationToken Token { get; }

    public bool Expired { get; private set; }

    /// <summary>Closes the socket if the connection is not up in time.</summary>
    public void Guard(Socket socket) => _closing = Token.Register(() =>
    {
        Expired = _deadline.IsCancellationRequested;
        socket.Dispose();
    });

    /// <summary>The connection is up, or has failed: nothing is closed any more.</summary>
    public void Dispose()
    {
        Expired |= _deadline.IsCancellationRequested;
        _closing.Dispose();
        _ending.Dispose();
        _deadline.Dispose();
    }
}
