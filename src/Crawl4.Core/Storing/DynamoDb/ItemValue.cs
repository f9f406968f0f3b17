using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Attribute values to and from .NET's. Reading takes what is not of the expected type as missing.</summary>
internal static class ItemValue
{
    /// <summary>Between 1970 and the first tick, so that seconds and ticks convert without rounding.</summary>
    private static readonly decimal TicksASecond = TimeSpan.TicksPerSecond;

    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Truth(bool value) => new() { BOOL = value };

    public static AttributeValue Bytes(ReadOnlyMemory<byte> value) => new() { B = new MemoryStream(value.ToArray()) };

    /// <summary>Bytes that the item may keep: nobody changes them any more.</summary>
    public static AttributeValue Shared(ArraySegment<byte> value) =>
        new() { B = new MemoryStream(value.Array!, value.Offset, value.Count, writable: false, publiclyVisible: true) };

    /// <summary>Seconds since 1970, exact to .NET's ticks.</summary>
    public static AttributeValue Time(DateTimeOffset value) => new()
    {
        N = ((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksASecond).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Whole seconds since 1970, which is all that DynamoDB's TTL reads.</summary>
    public static AttributeValue Seconds(DateTimeOffset value) => Number(value.ToUnixTimeSeconds());

    public static string? Text(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? value.S : null;

    public static long? Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value)
        && long.TryParse(value.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    public static bool? Truth(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? value.BOOL : null;

    public static ReadOnlyMemory<byte>? Bytes(Dictionary<string, AttributeValue> item, string name) =>
        // Said outright, because null alone would be an empty array, and so no bytes instead of none.
        item.TryGetValue(name, out var value) && value.B is { } stream ? Bytes(stream) : (ReadOnlyMemory<byte>?)null;

    /// <summary>A stream's bytes, without copying them where it lets us.</summary>
    public static ReadOnlyMemory<byte> Bytes(MemoryStream stream) =>
        stream.TryGetBuffer(out var buffer) ? buffer : stream.ToArray();

    /// <summary>A time that was written as seconds since 1970, or in ISO form as Python writes it.</summary>
    public static DateTimeOffset? Time(Dictionary<string, AttributeValue> item, string name)
    {
        if (!item.TryGetValue(name, out var value))
        {
            return null;
        }

        const NumberStyles Seconds = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent;
        if (decimal.TryParse(value.N ?? value.S, Seconds, CultureInfo.InvariantCulture, out var seconds))
        {
            return OfSeconds(seconds);
        }

        return DateTimeOffset.TryParse(value.S, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    private static DateTimeOffset? OfSeconds(decimal seconds)
    {
        var least = (DateTimeOffset.MinValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksASecond;
        var most = (DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksASecond;
        return seconds < least || seconds > most ? null
            : DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TicksASecond));
    }
}
