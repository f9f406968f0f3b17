using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Crawl4.Core.Fetching.Egress;

/// <summary>Which addresses are of the public internet, after IANA's IPv4 and IPv6 special-purpose address
/// registries. IPv6 addresses that carry an IPv4 address are public only where that one is too.</summary>
internal static class SpecialAddresses
{
    /// <summary>Why each range is not public; an address in none of them is.</summary>
    private static readonly (IPNetwork Range, string Reason)[] Forbidden4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by carriers"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved for protocols"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relay"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
    ];

    private static readonly (IPNetwork Range, string Reason)[] Forbidden6 =
    [
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::/96"), "IPv4-compatible"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "translation inside one network"),
        (IPNetwork.Parse("100::/64"), "discard-only"),
        (IPNetwork.Parse("100:0:0:1::/64"), "dummy prefix"),
        (IPNetwork.Parse("2001::/23"), "reserved for protocols"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation"),
        (IPNetwork.Parse("3fff::/20"), "documentation"),
        (IPNetwork.Parse("5f00::/16"), "segment routing"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "site-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    private static readonly IPNetwork Allocated6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("::ffff:0:0:0/96");

    /// <summary>Why an address is not of the public internet, in one or two words, or null where it
    /// is.</summary>
    public static string? WhyNotGlobal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Find(Forbidden4, address);
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return "not an internet address";
        }

        // A scope (fe80::1%eth0) is no part of the ranges.
        var bare = new IPAddress(address.GetAddressBytes());
        foreach (var inner in EmbeddedIn(bare))
        {
            if (Find(Forbidden4, inner) is { } reason)
            {
                return $"carries {inner}, {reason}";
            }
        }

        return Find(Forbidden6, bare)
            ?? (Allocated6.Contains(bare) || Nat64.Contains(bare)
                ? null
                : "not allocated to the public internet");
    }

    private static string? Find((IPNetwork Range, string Reason)[] ranges, IPAddress address)
    {
        foreach (var (range, reason) in ranges)
        {
            if (range.Contains(address))
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>IPv4 addresses inside an IPv6 address: NAT64 (RFC 6052, 8215), 6to4 (3056), Teredo (4380, the
    /// client's own inverted), ISATAP (5214), IPv4-compatible (4291) and IPv4-translated (2765).</summary>
    private static IEnumerable<IPAddress> EmbeddedIn(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address) || Translated.Contains(address) || LocalNat64.Contains(address)
            || (Compatible.Contains(address) && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(12)) > 1))
        {
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }

        if (SixToFour.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(2, 4));
        }

        if (Teredo.Contains(address))
        {
            yield return new IPAddress(bytes.AsSpan(4, 4));
            yield return new IPAddress([.. bytes[12..].Select(part => (byte)~part)]);
        }

        if ((bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe)
        {
            yield return new IPAddress(bytes.AsSpan(12, 4));
        }
    }
}
