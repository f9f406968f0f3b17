namespace Crawl4.Core.Migrating;

/// <summary>Which way entries are copied.</summary>
public enum MigrationDirection
{
    /// <summary>From SQLite to DynamoDB.</summary>
    ToDynamoDb,

    /// <summary>From DynamoDB back to SQLite.</summary>
    ToSqlite,
}
