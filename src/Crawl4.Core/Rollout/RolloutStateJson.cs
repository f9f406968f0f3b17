using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crawl4.Core.Rollout;

/// <summary>The state as a JSON document: what is beside the SQLite file, in the control item, and in the audit
/// log.</summary>
internal static class RolloutStateJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static byte[] Write(RolloutState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            WriteMembers(writer, state);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteMembers(Utf8JsonWriter writer, RolloutState state)
    {
        writer.WriteNumber("revision", state.Revision);
        writer.WriteNumber("algorithm", RolloutBucket.Algorithm);
        writer.WriteString("salt", state.Salt);
        writer.WriteString("stage", state.Stage.ToString());
        writer.WriteNumber("percentage", state.Percentage.Value);
        if (state.Force is { } force)
        {
            writer.WriteString("force", force.ToString());
        }

        if (state.IsSqliteBehind)
        {
            writer.WriteBoolean("sqlite_behind", true);
        }

        WritePatterns(writer, "allow", state.Allow);
        WritePatterns(writer, "deny", state.Deny);
        writer.WriteString("changed_at", state.ChangedAt.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("changed_by", state.ChangedBy);
        writer.WriteString("reason", state.Reason);
    }

    /// <summary>Reads a document. Members that are not known are left alone: a newer Crawl4 may have written
    /// them.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.RolloutStateInvalid"/> where it is not one, or
    /// orders URLs in a way that this version does not know.</exception>
    public static RolloutState Read(ReadOnlyMemory<byte> json, string target)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, target);
        }
        catch (JsonException error)
        {
            throw Invalid(target, "is not JSON", error);
        }
    }

    public static RolloutState Read(JsonElement root, string target)
    {
        try
        {
            var algorithm = root.GetProperty("algorithm").GetInt32();
            return algorithm == RolloutBucket.Algorithm
                ? ReadMembers(root, target)
                : throw Invalid(target, $"orders URLs by algorithm {algorithm}, which this version does not know", null);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            throw Invalid(target, "lacks a member or has one of another kind", error);
        }
    }

    private static RolloutState ReadMembers(JsonElement root, string target) => new()
    {
        Revision = root.GetProperty("revision").GetInt64(),
        Salt = root.GetProperty("salt").GetString() ?? "",
        Stage = ReadName<RolloutStage>(root.GetProperty("stage")),
        Percentage = RolloutPercentage.From(root.GetProperty("percentage").GetDecimal(), target),
        Force = root.TryGetProperty("force", out var force) ? ReadName<RolloutStore>(force) : null,
        Allow = ReadPatterns(root, "allow", target),
        Deny = ReadPatterns(root, "deny", target),
        IsSqliteBehind = root.TryGetProperty("sqlite_behind", out var behind) && behind.GetBoolean(),
        ChangedAt = root.GetProperty("changed_at").GetDateTimeOffset(),
        ChangedBy = root.GetProperty("changed_by").GetString() ?? "",
        Reason = root.GetProperty("reason").GetString() ?? "",
    };

    private static T ReadName<T>(JsonElement value)
        where T : struct, Enum
    {
        var text = value.GetString() ?? "";
        return Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text) : throw new FormatException(text);
    }

    private static HostPattern[] ReadPatterns(JsonElement root, string name, string target) =>
        root.TryGetProperty(name, out var list)
            ? [.. list.EnumerateArray().Select(item => HostPattern.Parse(item.GetString() ?? "", target))]
            : [];

    private static void WritePatterns(Utf8JsonWriter writer, string name, IReadOnlyList<HostPattern> patterns)
    {
        writer.WriteStartArray(name);
        foreach (var pattern in patterns)
        {
            writer.WriteStringValue(pattern.Text);
        }

        writer.WriteEndArray();
    }

    private static Crawl4Exception Invalid(string target, string what, Exception? cause) => new Crawl4Error(
        Crawl4ErrorCode.RolloutStateInvalid, $"The rollout state in '{target}' {what}.", target).ToException(cause);
}
