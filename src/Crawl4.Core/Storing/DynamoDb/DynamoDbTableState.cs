namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What is known of one table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Status">DynamoDB's word for its state, such as ACTIVE. Empty where it is not there.</param>
/// <param name="WasCreated">Whether this call made it.</param>
/// <param name="HasListingIndex">Whether it has the index that makes listing cheap. Only the table of entries
/// has one.</param>
/// <param name="HasTimeToLive">Whether DynamoDB deletes by itself what is past its time.</param>
/// <param name="HasStream">Whether changes can be followed in a stream. Only the table of entries has one.</param>
/// <param name="ApproximateItems">How many items it had when DynamoDB last counted, which it does about every six
/// hours.</param>
/// <param name="Notes">What could not be done or found out, why, and what follows from it.</param>
public sealed record DynamoDbTableState(
    string Name, bool Exists, string Status, bool WasCreated, bool HasListingIndex, bool HasTimeToLive, bool HasStream,
    long ApproximateItems, IReadOnlyList<string> Notes);
