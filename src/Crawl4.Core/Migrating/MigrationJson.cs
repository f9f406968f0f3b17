using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crawl4.Core.Migrating;

/// <summary>What one process asks of the one that runs a migration.</summary>
/// <param name="Token">The lease of the one that is meant; a later one is not.</param>
/// <param name="Command">What it is to do.</param>
/// <param name="By">Who asks.</param>
/// <param name="Limits">How fast it may go from now on, or null.</param>
internal sealed record MigrationOrder(long Token, MigrationCommand Command, string By, MigrationLimits? Limits);

/// <summary>What a migration that runs may be told.</summary>
internal enum MigrationCommand
{
    GoOn,
    Pause,
    Stop,
}

/// <summary>The documents that the ledger keeps.</summary>
[JsonSerializable(typeof(MigrationStatus))]
[JsonSerializable(typeof(MigrationOrder))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class MigrationJson : JsonSerializerContext
{
    public const string OrderName = "Order";

    public static string Write(MigrationStatus status) => JsonSerializer.Serialize(status, Default.MigrationStatus);

    public static string Write(MigrationOrder order) => JsonSerializer.Serialize(order, Default.MigrationOrder);

    /// <summary>A document that cannot be read counts as none: a migration then begins anew, which harms
    /// nothing.</summary>
    public static MigrationStatus? ReadStatus(string? document) =>
        Read(document, Default.MigrationStatus) is { } status ? status with { Pass = Math.Max(1, status.Pass) } : null;

    public static MigrationOrder? ReadOrder(string? document) => Read(document, Default.MigrationOrder);

    private static T? Read<T>(string? document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return document is null ? null : JsonSerializer.Deserialize(document, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
