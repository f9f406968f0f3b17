using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What a table should be.</summary>
internal sealed record TableDefinition(
    string Name, string Holds, IReadOnlyList<(string Name, ScalarAttributeType Type)> Key, bool HasListing,
    bool HasStream)
{
    /// <summary>What the index has of an entry beside its key: all that listing and verification look at.</summary>
    private static readonly List<string> Projected =
    [
        ItemNames.LongUrl, ItemNames.Version, ItemNames.Digest, ItemNames.Size, ItemNames.Deleted, ItemNames.Success,
        ItemNames.StatusCode, ItemNames.CachedAt, ItemNames.TimeToLive,
    ];

    public static IReadOnlyList<TableDefinition> All(DynamoDbOptions options) =>
    [
        new(options.ResultsTable, "entries", [(ItemNames.Url, ScalarAttributeType.S)], HasListing: true, HasStream: true),
        new(options.ContentTable, "content",
            [(ItemNames.ContentId, ScalarAttributeType.S), (ItemNames.Part, ScalarAttributeType.N)],
            HasListing: false, HasStream: false),
        new(options.SessionsTable, "sessions", [(ItemNames.SessionId, ScalarAttributeType.S)],
            HasListing: false, HasStream: false),
    ];

    public string KeyWords => string.Join(", ", Key.Select(key => key.Name));

    public CreateTableRequest Create(bool withStream) => new()
    {
        TableName = Name,
        KeySchema = KeySchema(Key.Select(key => key.Name)),
        AttributeDefinitions = [.. Key.Select(key => new AttributeDefinition(key.Name, key.Type)),
            .. HasListing ? ListingAttributes() : []],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        GlobalSecondaryIndexes = HasListing
            ? [new() { IndexName = ItemNames.ListingIndex, KeySchema = ListingKey(), Projection = Listed() }] : null,
        StreamSpecification = withStream && HasStream ? Stream() : null,
    };

    /// <summary>Adds the listing index to a table that has none.</summary>
    public UpdateTableRequest AddListing() => new()
    {
        TableName = Name,
        AttributeDefinitions = [.. Key.Select(key => new AttributeDefinition(key.Name, key.Type)), .. ListingAttributes()],
        GlobalSecondaryIndexUpdates =
        [
            new()
            {
                Create = new() { IndexName = ItemNames.ListingIndex, KeySchema = ListingKey(), Projection = Listed() },
            },
        ],
    };

    public UpdateTableRequest AddStream() => new() { TableName = Name, StreamSpecification = Stream() };

    public bool HasKeyOf(TableDescription table) => KeySchema(Key.Select(key => key.Name))
        .Select(key => (key.AttributeName, key.KeyType))
        .SequenceEqual((table.KeySchema ?? []).OrderBy(key => key.KeyType.Value, StringComparer.Ordinal)
            .Select(key => (key.AttributeName, key.KeyType)))
        && Key.All(key => (table.AttributeDefinitions ?? []).Exists(
            attribute => attribute.AttributeName == key.Name && attribute.AttributeType == key.Type));

    /// <summary>True where a table's listing index is as it is made here: whoever has DynamoDB import an export defines
    /// it himself.</summary>
    public static bool ListsAsDefined(TableDescription table) =>
        (table.GlobalSecondaryIndexes ?? []).Find(index => index.IndexName == ItemNames.ListingIndex) is { } index
        && ListingKey().Select(key => (key.AttributeName, key.KeyType))
            .SequenceEqual((index.KeySchema ?? []).Select(key => (key.AttributeName, key.KeyType)))
        && ListingAttributes().All(needed => (table.AttributeDefinitions ?? []).Exists(
            attribute => attribute.AttributeName == needed.AttributeName && attribute.AttributeType == needed.AttributeType))
        && (index.Projection?.ProjectionType == ProjectionType.ALL
            || Projected.TrueForAll(name => index.Projection?.NonKeyAttributes?.Contains(name) == true));

    private static AttributeDefinition[] ListingAttributes() =>
        [new(ItemNames.Shard, ScalarAttributeType.S), new(ItemNames.SortKey, ScalarAttributeType.B)];

    private static List<KeySchemaElement> ListingKey() => KeySchema([ItemNames.Shard, ItemNames.SortKey]);

    private static Projection Listed() => new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = Projected };

    private static StreamSpecification Stream() =>
        new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES };

    private static List<KeySchemaElement> KeySchema(IEnumerable<string> names) =>
        [.. names.Select((name, i) => new KeySchemaElement(name, i == 0 ? KeyType.HASH : KeyType.RANGE))];
}
