using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>The manifest as a document.</summary>
[JsonSerializable(typeof(ExportManifest))]
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    IgnoreReadOnlyProperties = true)]
internal sealed partial class ExportJson : JsonSerializerContext
{
    /// <summary>Says that a document is a manifest, and in which layout, before the rest is looked at.</summary>
    private const string VersionName = "version";

    public static byte[] Write(ExportManifest manifest)
    {
        var readable = new JsonSerializerOptions(Default.ExportManifest.Options) { Encoder = ReadableJsonEncoder.Instance };
        return JsonSerializer.SerializeToUtf8Bytes(manifest, new ExportJson(readable).ExportManifest);
    }

    /// <summary>The layout's version that a document names.</summary>
    /// <exception cref="JsonException">It is no manifest.</exception>
    public static int Version(byte[] document)
    {
        using var parsed = JsonDocument.Parse(document);
        return parsed.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty(VersionName, out var version)
            && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number)
            ? number : throw new JsonException("It names no version.");
    }

    /// <exception cref="JsonException">It is no manifest.</exception>
    public static ExportManifest Read(byte[] document) =>
        JsonSerializer.Deserialize(document, Default.ExportManifest) ?? throw new JsonException("It is empty.");
}
