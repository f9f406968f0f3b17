using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>What the environment says, and what is refused.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void FromEnvironment_Nothing_GivesTheDefaults() =>
        Assert.Equal(new DynamoDbOptions(), DynamoDbOptions.FromEnvironment(_ => null));

    [Fact]
    public void FromEnvironment_EveryName_IsRead()
    {
        var options = Read(("DYNAMODB_ENDPOINT_URL", "http://localhost:8000"), ("AWS_REGION", "eu-west-1"),
            ("DYNAMODB_TABLE_NAME", "pages"), ("DYNAMODB_TABLE_CONTENT", "parts"), ("DYNAMODB_SESSION_TABLE_NAME", "people"),
            ("DYNAMODB_MAX_POOL_CONNECTIONS", "7"), ("DYNAMODB_BATCH_SIZE", "5"), ("DYNAMODB_MAX_RETRIES", "0"),
            ("DYNAMODB_CONSISTENT_READS", "True"), ("DYNAMODB_TTL_DAYS", "0"), ("DYNAMODB_MAX_ITEM_SIZE", "409600"));
        Assert.Equal(new DynamoDbOptions
        {
            Endpoint = new Uri("http://localhost:8000"), Region = "eu-west-1", UseEmulatorCredentials = true,
            ResultsTable = "pages", ContentTable = "parts", SessionsTable = "people", MaxConnections = 7, BatchSize = 5,
            MaxRetries = 0, ConsistentReads = true, TimeToLive = TimeSpan.Zero, MaxItemSize = 409_600,
        }, options);
    }

    [Fact]
    public void FromEnvironment_FirstNames_WinOverTheOthers()
    {
        var options = Read(("DYNAMODB_ENDPOINT", "https://a.example"), ("DYNAMODB_ENDPOINT_URL", "https://b.example"),
            ("DYNAMODB_TABLE_CRAWL_RESULTS", "one"), ("DYNAMODB_TABLE_NAME", "two"));
        Assert.Equal((new Uri("https://a.example"), "one", false),
            (options.Endpoint, options.ResultsTable, options.UseEmulatorCredentials));
    }

    [Theory]
    [InlineData("DYNAMODB_ENDPOINT", "localhost:8000")]
    [InlineData("DYNAMODB_ENDPOINT", "http://user:secret@localhost/")]
    [InlineData("DYNAMODB_TABLE_NAME", "a b")]
    [InlineData("DYNAMODB_MAX_POOL_CONNECTIONS", "0")]
    [InlineData("DYNAMODB_BATCH_SIZE", "26")]
    [InlineData("DYNAMODB_MAX_RETRIES", "-1")]
    [InlineData("DYNAMODB_CONSISTENT_READS", "maybe")]
    [InlineData("DYNAMODB_TTL_DAYS", "1.5")]
    [InlineData("DYNAMODB_MAX_ITEM_SIZE", "409601")]
    public void FromEnvironment_WhatIsNotAllowed_IsRefusedByName(string name, string value)
    {
        var refused = Assert.Throws<Crawl4Exception>(() => Read((name, value)));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(name, refused.Error.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private static DynamoDbOptions Read(params (string Name, string Value)[] values) => DynamoDbOptions.FromEnvironment(
        name => values.FirstOrDefault(value => value.Name == name).Value);
}
