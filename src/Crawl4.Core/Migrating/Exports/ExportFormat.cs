using System.Text.Json.Serialization;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>How exported entries are written.</summary>
public enum ExportFormat
{
    /// <summary>The items that the DynamoDB store would write, in DynamoDB's JSON, a folder for each table.</summary>
    [JsonStringEnumMemberName("dynamodb-json")]
    DynamoDbJson,

    /// <summary>An entry a line, under Crawl4AI's field names.</summary>
    [JsonStringEnumMemberName("jsonl")]
    Jsonl,
}
