using System.Collections.Frozen;
using System.Net;

namespace Crawl4.Core.Reading.Linking;

/// <summary>The part of a host name that somebody registered: what makes two hosts one site. The public
/// suffix list is not part of this version; a country's usual second-level names stand in for it.</summary>
internal static class RegistrableDomain
{
    /// <summary>Second-level names under which a two-letter country domain registers.</summary>
    private static readonly FrozenSet<string> SecondLevel = FrozenSet.ToFrozenSet(
        ["co", "com", "org", "gov", "edu", "net", "mil", "int", "ac", "ad", "or", "ne", "go", "gob", "gouv",
            "nom", "ltd", "plc", "me", "sch", "nhs", "police", "asn", "id", "gen", "web", "info", "biz"],
        StringComparer.Ordinal);

    /// <summary>Suffixes that belong to a host of many unrelated sites.</summary>
    private static readonly FrozenSet<string> SharedHosts = FrozenSet.ToFrozenSet(
        ["github.io", "gitlab.io", "blogspot.com", "wordpress.com", "netlify.app", "vercel.app", "pages.dev",
            "workers.dev", "herokuapp.com", "web.app", "firebaseapp.com", "azurewebsites.net",
            "readthedocs.io",
            "appspot.com", "cloudfront.net", "neocities.org", "tumblr.com", "substack.com"],
        StringComparer.Ordinal);

    /// <summary>The registrable domain of a host. An IP address and a single label are whole.</summary>
    /// <param name="host">The host in lower case, without port and brackets.</param>
    public static string Of(string host)
    {
        var name = host.TrimEnd('.');
        if (name.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(name, out _))
        {
            return name;
        }

        var last = name.LastIndexOf('.');
        if (last <= 0)
        {
            return name;
        }

        var second = name.LastIndexOf('.', last - 1);
        if (second < 0)
        {
            return name;
        }

        var suffixTakesTwo = SharedHosts.Contains(name[(second + 1)..])
            || (name.Length - last - 1 == 2 && SecondLevel.Contains(name[(second + 1)..last]));
        return suffixTakesTwo && second > 0
            ? name[(name.LastIndexOf('.', second - 1) + 1)..]
            : name[(second + 1)..];
    }
}
