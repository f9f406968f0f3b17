using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Reading;

/// <summary>Names a set of reading options, so that cached content can say what it was made with.</summary>
internal static class ReadingFingerprint
{
    /// <summary>The fingerprint, 16 hexadecimal digits. Lists whose order means nothing are sorted
    /// first.</summary>
    public static string Compute(ReadingOptions options) => XxHash64.Hex(JsonSerializer.Serialize(new object?[]
    {
        ReadingOptions.ReaderVersion.ToString(CultureInfo.InvariantCulture),
        options.ExcludedTags.Select(tag => tag.ToLowerInvariant()).Order(StringComparer.Ordinal).ToArray(),
        options.CssSelector,
        options.ExcludedSelector,
        options.ExcludeExternalLinks,
        options.ExcludeImages,
        options.ContentFilter,
        options.TableScoreThreshold,
    }));
}
