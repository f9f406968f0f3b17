using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Names an extractor with all its settings, so that cached data can say what it was extracted with.</summary>
internal static class ExtractionFingerprint
{
    /// <summary>Grows whenever an extractor gives something else for the same content and settings.</summary>
    private const int ExtractorVersion = 1;

    /// <summary>The fingerprint, 16 hexadecimal digits.</summary>
    /// <param name="extractor">The kind of extractor.</param>
    /// <param name="settings">All that it was made with; every property counts, so that none can be forgotten.</param>
    public static string Of<T>(string extractor, T settings) => XxHash64.Hex(
        ExtractorVersion.ToString(CultureInfo.InvariantCulture) + extractor + JsonSerializer.Serialize(settings));
}
