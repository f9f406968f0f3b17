using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Where and how a DynamoDB store works. Credentials are found as every AWS program finds them:
/// environment, profile, container or instance role.</summary>
public sealed record DynamoDbOptions
{
    /// <summary>The variables that name tables.</summary>
    internal static readonly string[] TableVariables =
    [
        "DYNAMODB_TABLE_CRAWL_RESULTS", "DYNAMODB_TABLE_NAME", "DYNAMODB_TABLE_CONTENT", "DYNAMODB_TABLE_SESSIONS",
        "DYNAMODB_SESSION_TABLE_NAME",
    ];

    /// <summary>The endpoint, for an emulator or a private link. Null means the region's own.</summary>
    /// <value>Null. Environment: DYNAMODB_ENDPOINT or DYNAMODB_ENDPOINT_URL.</value>
    public Uri? Endpoint { get; init; }

    /// <summary>The AWS region. Null lets the AWS profile decide.</summary>
    /// <value>Null. Environment: AWS_REGION, or AWS_DEFAULT_REGION.</value>
    public string? Region { get; init; }

    /// <summary>Signs with fixed credentials that no AWS account knows. For emulators, which ask for a signature
    /// and do not check it.</summary>
    /// <value>False. From the environment: true where the endpoint is on loopback and neither AWS_ACCESS_KEY_ID nor
    /// AWS_PROFILE is set.</value>
    public bool UseEmulatorCredentials { get; init; }

    /// <summary>The table of entries; partition key <c>url</c>.</summary>
    /// <value>crawl4ai-results. Environment: DYNAMODB_TABLE_CRAWL_RESULTS or DYNAMODB_TABLE_NAME.</value>
    public string ResultsTable { get; init; } = "crawl4ai-results";

    /// <summary>The table of content that does not fit an entry's item; key <c>content_id</c>, <c>part</c>.</summary>
    /// <value>crawl4ai-content. Environment: DYNAMODB_TABLE_CONTENT.</value>
    public string ContentTable { get; init; } = "crawl4ai-content";

    /// <summary>The table of sessions; partition key <c>session_id</c>.</summary>
    /// <value>crawl4ai-sessions. Environment: DYNAMODB_TABLE_SESSIONS or DYNAMODB_SESSION_TABLE_NAME.</value>
    public string SessionsTable { get; init; } = "crawl4ai-sessions";

    /// <summary>How many connections are open, and so requests under way, at most.</summary>
    /// <value>100. From 1 to 1000. Environment: DYNAMODB_MAX_POOL_CONNECTIONS.</value>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How many items are written by one batch request at most.</summary>
    /// <value>25, which is DynamoDB's limit too. Environment: DYNAMODB_BATCH_SIZE.</value>
    public int BatchSize { get; init; } = ServiceLimits.BatchWriteItems;

    /// <summary>How often one request is tried again after a throttle, a server's error or a lost
    /// connection.</summary>
    /// <value>5. From 0 to 20. Environment: DYNAMODB_MAX_RETRIES.</value>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Reads see every write that was acknowledged before, at twice the price. Otherwise a read may, for
    /// about a second, see what was there before another process wrote; this process's own writes are always
    /// seen.</summary>
    /// <value>False. Environment: DYNAMODB_CONSISTENT_READS.</value>
    public bool ConsistentReads { get; init; }

    /// <summary>How long after it was written DynamoDB deletes an entry. Zero means never.</summary>
    /// <value>30 days. From 0 to 3650. Environment: DYNAMODB_TTL_DAYS.</value>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a session lasts after its last use.</summary>
    /// <value>24 hours.</value>
    public TimeSpan SessionTimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The largest item written, in bytes; content that would make a larger one goes into
    /// chunks.</summary>
    /// <value>350,000. From 16,384 to 409,600, which is DynamoDB's limit. Environment:
    /// DYNAMODB_MAX_ITEM_SIZE.</value>
    public int MaxItemSize { get; init; } = 350_000;

    /// <summary>How long one request may take with all its retries. The SDK's own default would be about two
    /// minutes.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan CallDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try of a request may take.</summary>
    /// <value>10 seconds: enough for a batch of chunks over a slow line.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A call that takes longer, with all its retries, is an event.</summary>
    /// <value>1 second: DynamoDB answers in single milliseconds.</value>
    public TimeSpan SlowCall { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a table that is being made, changed or removed is waited for.</summary>
    /// <value>10 minutes: an index over an existing table takes its time.</value>
    public TimeSpan TableDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where events go.</summary>
    /// <value>Nowhere.</value>
    public IEventSink Events { get; init; } = NullEventSink.Instance;

    /// <summary>What the environment says, defaults where it says nothing.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>, naming the variable, its value
    /// and what is allowed.</exception>
    public static DynamoDbOptions FromEnvironment(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new EnvironmentReading(environment).Read();
    }

    /// <summary>When what is written now is over, or null for never.</summary>
    internal DateTimeOffset? Expires() => TimeToLive == TimeSpan.Zero ? null : TimeProvider.GetUtcNow() + TimeToLive;

    /// <summary>Where it is, for users.</summary>
    public override string ToString() => $"{ResultsTable} ({Endpoint?.GetLeftPart(UriPartial.Authority) ?? Region ?? "AWS"})";
}
