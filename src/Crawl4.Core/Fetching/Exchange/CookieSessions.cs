using System.Net;

namespace Crawl4.Core.Fetching.Exchange;

/// <summary>The cookies of each session. A request without a session has a jar of its own for as long as its
/// redirects last, since many sites set a cookie and redirect until it comes back.</summary>
internal sealed class CookieSessions
{
    /// <summary>A session holds at most 300 cookies of 4 KiB, so a thousand of them are bounded; the one
    /// longest unused goes first.</summary>
    public const int MaxSessions = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, CookieContainer Jar)>> _byId =
        new(StringComparer.Ordinal);
    private readonly LinkedList<(string Id, CookieContainer Jar)> _byUse = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    public CookieContainer JarOf(string? sessionId)
    {
        if (sessionId is null)
        {
            return new CookieContainer();
        }

        lock (_gate)
        {
            if (_byId.TryGetValue(sessionId, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddLast(node);
                return node.Value.Jar;
            }

            if (_byId.Count >= MaxSessions)
            {
                _byId.Remove(_byUse.First!.Value.Id);
                _byUse.RemoveFirst();
            }

            _byId[sessionId] = _byUse.AddLast((sessionId, new CookieContainer()));
            return _byId[sessionId].Value.Jar;
        }
    }

    /// <summary>Keeps what an answer sets. A cookie that cannot be understood is left out, as browsers
    /// do.</summary>
    public static void Keep(CookieContainer jar, Uri uri, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines))
        {
            return;
        }

        foreach (var line in lines)
        {
            try
            {
                jar.SetCookies(uri, line);
            }
            catch (CookieException)
            {
            }
        }
    }
}
