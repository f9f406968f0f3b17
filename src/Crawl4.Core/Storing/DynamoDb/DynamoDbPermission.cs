namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Whether something may be done with a table.</summary>
/// <param name="Action">What, by its name in IAM policies.</param>
/// <param name="Table">With which table.</param>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Message">Why not; empty where it may.</param>
public sealed record DynamoDbPermission(string Action, string Table, bool IsAllowed, string Message);
