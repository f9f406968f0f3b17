using System.IO.Compression;
using System.Text.Json;

namespace Crawl4.Core.Tests.Reading;

/// <summary>What Crawl4AI gave for cases of one kind.</summary>
internal static class SharedGolden
{
    public static JsonElement Read(params string[] path)
    {
        using var file = File.OpenRead(Path.Combine([Requirement.SharedDataFolder, .. path]));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var golden = JsonDocument.Parse(unzipped);
        return golden.RootElement.Clone();
    }
}
