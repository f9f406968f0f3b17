using System.Net;
using System.Net.Sockets;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Fetching.Egress;

/// <summary>Applies the <see cref="EgressPolicy"/>: no other code decides whether something may be
/// reached.</summary>
internal sealed class EgressGate(EgressPolicy policy, IHostResolver resolver, IEventSink events)
{
    public bool AllowsEverywhere => policy is { AllowPrivate: true, AllowPublic: true };

    /// <summary>The host's addresses, all of them allowed. One forbidden address forbids the host, since
    /// whoever answers for the name also chooses which of them is tried.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.EgressForbidden"/>, or
    /// <see cref="Crawl4ErrorCode.PageUnreachable"/> where the name has no address.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(host, cancellationToken).ConfigureAwait(false);
        if (AllowsEverywhere)
        {
            return addresses;
        }

        foreach (var address in addresses)
        {
            var special = SpecialAddresses.WhyNotGlobal(address);
            if (special is null && !policy.AllowPublic)
            {
                throw Refuse(host, $"The egress policy forbids {host}: its address {address} is public.");
            }

            if (special is { } reason && !policy.AllowPrivate)
            {
                throw Refuse(host,
                    $"The egress policy forbids {host}: its address {address} is not public ({reason}).");
            }
        }

        return addresses;
    }

    /// <summary>Lets http and https pass, and file and raw where the policy allows them.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.EgressForbidden"/>.</exception>
    public void CheckLocalScheme(string scheme, string target)
    {
        var allowed = scheme switch
        {
            "file" => policy.AllowFile,
            "raw" => policy.AllowRaw,
            _ => false,
        };
        if (!allowed)
        {
            throw Refuse(target, $"The egress policy forbids {scheme}: URLs here.");
        }
    }

    /// <summary>Refuses a redirect to anything but http and https, whatever the policy allows when asked for
    /// directly: a server does not choose what is read from this machine.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.EgressForbidden"/>.</exception>
    public void CheckRedirect(Uri from, string scheme)
    {
        if (scheme is not ("http" or "https"))
        {
            var target = FetchUrl.Show(from);
            throw Refuse(target, $"{target} redirects to a {scheme}: URL, which is never followed.");
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw NotFound(host, null);
        }
        catch (SocketException failure)
        {
            throw NotFound(host, failure);
        }
        catch (ArgumentException failure)
        {
            throw NotFound(host, failure);
        }
    }

    private static Crawl4Exception NotFound(string host, Exception? cause)
    {
        var why = cause is SocketException { SocketErrorCode: SocketError.TryAgain }
            ? $"The name server did not answer for {host}."
            : $"The host name {host} was not found.";
        return new Crawl4Exception(Crawl4ErrorCode.PageUnreachable, why, host, cause);
    }

    private Crawl4Exception Refuse(string target, string message)
    {
        events.Write(new Crawl4Event(EventIds.EgressRefused, EventSeverity.Warning, message));
        return new Crawl4Exception(Crawl4ErrorCode.EgressForbidden, message, target);
    }
}
