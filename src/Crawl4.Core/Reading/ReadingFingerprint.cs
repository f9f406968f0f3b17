using System.Text.Json;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Reading;

/// <summary>Names a set of reading options, so that cached content can say what it was made with.</summary>
internal static class ReadingFingerprint
{
    /// <summary>The fingerprint, 16 hexadecimal digits. Every option counts, so that none can be forgotten.
    /// Lists whose order means nothing are sorted first.</summary>
    public static string Compute(ReadingOptions options) => XxHash64.Hex(
        ReadingOptions.ReaderVersion.ToString(System.Globalization.CultureInfo.InvariantCulture)
        + JsonSerializer.Serialize(options with
        {
            ExcludedTags = Sorted(options.ExcludedTags),
            ExcludeDomains = Sorted(options.ExcludeDomains),
            SocialMediaDomains = Sorted(options.SocialMediaDomains),
            KeepAttributes = Sorted(options.KeepAttributes),
        }));

    private static string[] Sorted(IReadOnlyList<string> names) =>
        [.. names.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal)];
}
