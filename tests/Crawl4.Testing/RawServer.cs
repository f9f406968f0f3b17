using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Crawl4.Testing;

/// <summary>A loopback server that says exactly the bytes a script tells it to: for answers that no real
/// server gives on demand. Every connection runs the script; stopping the server ends them all.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawConnection, Task> _script;
    private readonly X509Certificate2? _certificate;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private int _count;

    private RawServer(Func<RawConnection, Task> script, X509Certificate2? certificate)
    {
        _script = script;
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/";

    /// <summary>How many connections there were.</summary>
    public int ConnectionCount => Volatile.Read(ref _count);

    /// <summary>Runs the script on every connection.</summary>
    public static RawServer Start(Func<RawConnection, Task> script, X509Certificate2? certificate = null) =>
        new(script, certificate);

    /// <summary>Reads one request and answers these bytes, then closes.</summary>
    public static RawServer Answering(byte[] answer) => Start(async connection =>
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync(answer);
    });

    /// <summary>Reads one request and answers this text (Latin-1, LF as CR LF in none), then
    /// closes.</summary>
    public static RawServer Answering(string answer) => Answering(Encoding.Latin1.GetBytes(answer));

    /// <summary>Head and body of an answer with its Content-Length.</summary>
    public static byte[] Answer(byte[] body, string headers = "", string status = "200 OK") =>
        [.. Encoding.Latin1.GetBytes(
            $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] connections;
        lock (_connections)
        {
            connections = [.. _connections];
        }

        await Task.WhenAll(connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _count);
                lock (_connections)
                {
                    _connections.Add(ServeAsync(client));
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException
            or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                    stream = secure;
                }

                await _script(new RawConnection(stream, client, _stop.Token));
            }
            catch (Exception failure) when (
                failure is IOException or SocketException or OperationCanceledException
                or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }
}

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
public sealed class RawConnection(Stream stream, TcpClient client, CancellationToken stopping)
{
    /// <summary>Ends when the server is stopped.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public Stream Stream { get; } = stream;

    /// <summary>The request's line and headers, or what came before the peer closed.</summary>
    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (await Stream.ReadAsync(one, Stopping) == 1)
        {
            text.Append((char)one[0]);
            if (one[0] == '\n' && text.Length >= 4 && text.ToString(text.Length - 4, 4) == "\r\n\r\n")
            {
                break;
            }
        }

        return text.ToString();
    }

    public Task SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await Stream.WriteAsync(bytes, Stopping);
        await Stream.FlushAsync(Stopping);
    }

    /// <summary>Keeps the connection open, saying nothing, until the peer closes it or the server
    /// stops.</summary>
    public async Task WaitForCloseAsync()
    {
        var buffer = new byte[1024];
        while (await Stream.ReadAsync(buffer, Stopping) > 0)
        {
        }
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
