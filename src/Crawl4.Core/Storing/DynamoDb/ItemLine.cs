using System.Buffers;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>An item as one line of DynamoDB's JSON, which its import from S3 reads:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html.</summary>
internal static class ItemLine
{
    private const string Whole = "Item";

    /// <summary>DynamoDB nests 32 levels, each of which is an object in an object here; the line and the item are two
    /// more.</summary>
    private const int MaxDepth = (2 * 32) + 4;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>Writes an item of ours, without a line's end.</summary>
    public static void Write(IBufferWriter<byte> line, Item item)
    {
        using var writer = new Utf8JsonWriter(line, Relaxed);
        writer.WriteStartObject();
        writer.WriteStartObject(Whole);
        foreach (var (name, value) in item)
        {
            writer.WriteStartObject(name);
            Write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads an item, anybody's.</summary>
    /// <exception cref="InvalidDataException">The line is no item.</exception>
    public static Item Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Members(document.RootElement.GetProperty(Whole));
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The line is no item in DynamoDB's JSON.", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case { S: { } text }:
                writer.WriteString("S", text);
                break;
            case { N: { } number }:
                writer.WriteString("N", number);
                break;
            case { BOOL: { } truth }:
                writer.WriteBoolean("BOOL", truth);
                break;
            case { B: { } bytes }:
                writer.WriteBase64String("B", ItemValue.Bytes(bytes).Span);
                break;
            default:
                throw new InvalidOperationException("No item of ours has an attribute of this type.");
        }
    }

    private static Item Members(JsonElement element)
    {
        var item = new Item(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            item[member.Name] = Value(member.Value);
        }

        return item;
    }

    private static AttributeValue Value(JsonElement element)
    {
        using var members = element.EnumerateObject();
        if (!members.MoveNext())
        {
            throw new InvalidDataException("An attribute has no value.");
        }

        var value = members.Current.Value;
        return members.Current.Name switch
        {
            "S" => ItemValue.Text(value.GetString() ?? ""),
            "N" => new AttributeValue { N = value.GetString() },
            "BOOL" => ItemValue.Truth(value.GetBoolean()),
            "B" => ItemValue.Bytes(value.GetBytesFromBase64()),
            "M" => new AttributeValue { M = Members(value) },
            "L" => new AttributeValue { L = [.. value.EnumerateArray().Select(Value)] },
            "SS" => new AttributeValue { SS = [.. value.EnumerateArray().Select(one => one.GetString() ?? "")] },
            "NS" => new AttributeValue { NS = [.. value.EnumerateArray().Select(one => one.GetString() ?? "0")] },
            "BS" => new AttributeValue
            {
                BS = [.. value.EnumerateArray().Select(one => new MemoryStream(one.GetBytesFromBase64()))],
            },
            "NULL" => new AttributeValue { NULL = true },
            var type => throw new InvalidDataException($"An attribute is of the type '{type}', which there is not."),
        };
    }
}
