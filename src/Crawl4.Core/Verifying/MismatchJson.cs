using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>A mismatch as JSON, in reports and in the log.</summary>
public static class MismatchJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>One line of JSON, in UTF-8, without its end.</summary>
    /// <param name="mismatch">The mismatch.</param>
    public static byte[] Write(Mismatch mismatch)
    {
        ArgumentNullException.ThrowIfNull(mismatch);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, mismatch);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, Mismatch mismatch)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", mismatch.Kind.ToString());
        writer.WriteString("url", mismatch.Url);
        if (mismatch.Side is { } side)
        {
            writer.WriteString("side", side.ToString());
        }

        if (mismatch.Fields.Count > 0)
        {
            writer.WriteStartArray("fields");
            foreach (var field in mismatch.Fields)
            {
                writer.WriteStringValue(field);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("sqlite_version", mismatch.SqliteVersion);
        writer.WriteNumber("dynamodb_version", mismatch.DynamoDbVersion);
        writer.WriteString("message", mismatch.Message);
        writer.WriteString("found_at", mismatch.FoundAt.ToString("O", CultureInfo.InvariantCulture));
        if (mismatch.Orphan is { } orphan)
        {
            writer.WriteString("orphan", orphan.Name);
            writer.WriteNumber("size_bytes", orphan.SizeBytes);
            writer.WriteString("written_at", orphan.WrittenAt.ToString("O", CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Mismatch)"/> wrote. Null where it is something else, such as a line that a
    /// crash cut off.</summary>
    internal static Mismatch? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new Mismatch
            {
                Kind = Enum.Parse<MismatchKind>(root.GetProperty("kind").GetString()!),
                Url = root.GetProperty("url").GetString()!,
                Side = root.TryGetProperty("side", out var side) ? Enum.Parse<RolloutStore>(side.GetString()!) : null,
                Fields = root.TryGetProperty("fields", out var fields)
                    ? [.. fields.EnumerateArray().Select(field => field.GetString()!)] : [],
                SqliteVersion = root.GetProperty("sqlite_version").GetInt64(),
                DynamoDbVersion = root.GetProperty("dynamodb_version").GetInt64(),
                Message = root.GetProperty("message").GetString()!,
                FoundAt = root.GetProperty("found_at").GetDateTimeOffset(),
                Orphan = root.TryGetProperty("orphan", out var name)
                    ? new OrphanedContent(name.GetString()!, root.GetProperty("url").GetString()!,
                        root.GetProperty("size_bytes").GetInt64(), root.GetProperty("written_at").GetDateTimeOffset())
                    : null,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
