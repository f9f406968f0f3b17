namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What DynamoDB allows. Source of all figures unless one says otherwise:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (Constraints.html).</summary>
internal static class ServiceLimits
{
    /// <summary>An item: the names and the values of all its attributes, in bytes.</summary>
    public const int ItemBytes = 400 * 1024;

    /// <summary>The value of a partition key, in UTF-8 bytes.</summary>
    public const int PartitionKeyBytes = 2048;

    /// <summary>The value of a sort key, in bytes; an index's too. A put whose index key is longer is
    /// refused.</summary>
    public const int SortKeyBytes = 1024;

    /// <summary>Puts and deletes in one BatchWriteItem:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html.</summary>
    public const int BatchWriteItems = 25;

    /// <summary>Keys in one BatchGetItem:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html.</summary>
    public const int BatchGetKeys = 100;

    /// <summary>An entry of a list or a map costs so much beside its value, and so does the list or map itself three
    /// times: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.</summary>
    public const int ElementOverheadBytes = 1;
}
