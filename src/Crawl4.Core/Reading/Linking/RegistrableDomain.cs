using System.Net;

namespace Crawl4.Core.Reading.Linking;

/// <summary>The part of a host name that somebody registered: what makes two hosts one site. One label more
/// than the longest suffix of <see cref="PublicSuffixes"/>, or than the top-level domain.</summary>
internal static class RegistrableDomain
{
    /// <summary>Labels of the longest suffix.</summary>
    private const int MaxSuffixLabels = 4;

    /// <summary>The registrable domain of a host. An IP address, a single label and a suffix itself are
    /// whole.</summary>
    /// <param name="host">The host in lower case, without port and brackets.</param>
    public static string Of(string host)
    {
        var name = host.Trim('.');
        if (name.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(name, out _))
        {
            return name;
        }

        Span<int> starts = stackalloc int[MaxSuffixLabels + 1];
        var labels = 0;
        var from = name.Length;
        while (labels < starts.Length && from > 0)
        {
            from = name.LastIndexOf('.', from - 1);
            starts[labels++] = from + 1;
        }

        for (var suffix = Math.Min(labels, MaxSuffixLabels); suffix > 1; suffix--)
        {
            if (PublicSuffixes.Contains(name.AsSpan(starts[suffix - 1])))
            {
                return suffix < labels ? name[starts[suffix]..] : name;
            }
        }

        return labels > 1 ? name[starts[1]..] : name;
    }
}
