using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What an item weighs, by DynamoDB's own rules:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.</summary>
internal static class ItemSize
{
    private const int ListOrMapBytes = 3;

    /// <summary>A sign and the exponent; more than AWS's approximation where it errs.</summary>
    private const int NumberBytes = 2;

    public static int Of(Dictionary<string, AttributeValue> item) =>
        item.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Of(pair.Value));

    private static int Of(AttributeValue value) => value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { N: { } number } => ((number.Count(char.IsAsciiDigit) + 1) / 2) + NumberBytes,
        { B: { } bytes } => (int)bytes.Length,
        { M: { } map } => ListOrMapBytes + Of(map) + (map.Count * ServiceLimits.ElementOverheadBytes),
        { L: { } list } => ListOrMapBytes + list.Sum(Of) + (list.Count * ServiceLimits.ElementOverheadBytes),
        _ => 1,
    };
}
