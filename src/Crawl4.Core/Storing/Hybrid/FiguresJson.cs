using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Figures of a stretch of time as a line of JSON. What is zero is left out.</summary>
internal static class FiguresJson
{
    public static byte[] Write(DateTimeOffset from, DateTimeOffset to, FiguresTally tally)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("from", from.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("to", to.ToString("O", CultureInfo.InvariantCulture));
            foreach (var (i, count) in tally.Counts.Index().Where(count => count.Item != 0))
            {
                writer.WriteNumber(FiguresTally.CountNames[i], count);
            }

            writer.WriteNumber("read_units", tally.ReadUnits);
            writer.WriteNumber("write_units", tally.WriteUnits);
            WriteTimes(writer, "sqlite", tally.SqliteTimes);
            WriteTimes(writer, "dynamodb", tally.DynamoDbTimes);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A line, or null where it is none: cut off by a crash, or of another version.</summary>
    public static (DateTimeOffset From, FiguresTally Tally)? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var counts = FiguresTally.CountNames
                .Select(name => root.TryGetProperty(name, out var count) ? count.GetInt64() : 0).ToArray();
            return (root.GetProperty("from").GetDateTimeOffset(), new FiguresTally(
                counts, ReadTimes(root.GetProperty("sqlite")), ReadTimes(root.GetProperty("dynamodb")),
                root.GetProperty("read_units").GetDouble(), root.GetProperty("write_units").GetDouble()));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static void WriteTimes(Utf8JsonWriter writer, string name, long[] times)
    {
        writer.WriteStartArray(name);
        foreach (var (i, count) in times.Index().Where(count => count.Item != 0))
        {
            writer.WriteNumberValue(i);
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
    }

    private static long[] ReadTimes(JsonElement list)
    {
        var times = new long[LatencyHistogram.Buckets];
        foreach (var pair in list.EnumerateArray().Chunk(2))
        {
            times[pair[0].GetInt32()] += pair[1].GetInt64();
        }

        return times;
    }
}
