namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What is known of one table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Holds">What is kept in it: entries, content or sessions.</param>
/// <param name="Exists">Whether it is there.</param>
public sealed record DynamoDbTableState(string Name, string Holds, bool Exists)
{
    /// <summary>DynamoDB's word for its state, such as ACTIVE. Empty where it is not there.</summary>
    public string Status { get; init; } = "";

    /// <summary>Whether this call made it.</summary>
    public bool WasCreated { get; init; }

    /// <summary>Its key: the partition key, and the sort key where it has one. What it is to have where it is not
    /// there.</summary>
    public string Key { get; init; } = "";

    /// <summary>DynamoDB's word for how it is paid for: PAY_PER_REQUEST or PROVISIONED. Empty where it is not
    /// there, or nobody says.</summary>
    public string BillingMode { get; init; } = "";

    /// <summary>Whether it has the index that makes listing cheap. Only the table of entries has one.</summary>
    public bool HasListingIndex { get; init; }

    /// <summary>Whether every entry is known to be in that index, so that listing reads it alone. Null where nobody
    /// could say.</summary>
    public bool? IsListingWhole { get; init; }

    /// <summary>Whether DynamoDB deletes by itself what is past its time. False also where that is not known; a note
    /// says so then.</summary>
    public bool HasTimeToLive { get; init; }

    /// <summary>Whether changes can be followed in a stream. Only the table of entries has one.</summary>
    public bool HasStream { get; init; }

    /// <summary>How many items it had when DynamoDB last counted, which it does about every six hours.</summary>
    public long ApproximateItems { get; init; }

    /// <summary>What initialising would add: the table, or what it is known to lack. Empty where nothing is
    /// missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What could not be done or found out, why, and what follows from it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
