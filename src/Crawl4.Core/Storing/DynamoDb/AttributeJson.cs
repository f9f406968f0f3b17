using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>DynamoDB's own values as the JSON that they stand for.</summary>
internal static class AttributeJson
{
    private static readonly JsonWriterOptions Relaxed =
        new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>The JSON text; empty for null.</summary>
    public static string Write(AttributeValue value)
    {
        if (value.NULL == true)
        {
            return "";
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        // DynamoDB nests 32 levels at most, so recursion is no danger.
        switch (value)
        {
            case { S: { } text }:
                writer.WriteStringValue(text);
                break;
            case { N: { } number }:
                writer.WriteRawValue(number);
                break;
            case { BOOL: { } truth }:
                writer.WriteBooleanValue(truth);
                break;
            case { B: { } bytes }:
                writer.WriteBase64StringValue(ItemValue.Bytes(bytes).Span);
                break;
            case { M: { } map }:
                writer.WriteStartObject();
                foreach (var (name, member) in map)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case { L: { } list }:
                Write(writer, list);
                break;
            case { SS: { } texts }:
                Write(writer, texts.ConvertAll(ItemValue.Text));
                break;
            case { NS: { } numbers }:
                Write(writer, numbers.ConvertAll(number => new AttributeValue { N = number }));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, List<AttributeValue> list)
    {
        writer.WriteStartArray();
        list.ForEach(member => Write(writer, member));
        writer.WriteEndArray();
    }
}
