using System.Globalization;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Reads a store's options from environment variables. An empty value counts as not given.</summary>
internal sealed class EnvironmentReading(Func<string, string?> environment)
{
    private const int MaxTtlDays = 3650;
    private static readonly string[] True = ["true", "1", "yes", "on"];
    private static readonly string[] False = ["false", "0", "no", "off"];

    public DynamoDbOptions Read()
    {
        var defaults = new DynamoDbOptions();
        var endpoint = Endpoint("DYNAMODB_ENDPOINT") ?? Endpoint("DYNAMODB_ENDPOINT_URL");
        var region = Value("AWS_REGION") ?? Value("AWS_DEFAULT_REGION");
        var options = defaults with
        {
            Endpoint = endpoint,
            Region = region,
            UseEmulatorCredentials = endpoint?.IsLoopback == true
                && Value("AWS_ACCESS_KEY_ID") is null && Value("AWS_PROFILE") is null,
            ResultsTable = Table("DYNAMODB_TABLE_CRAWL_RESULTS") ?? Table("DYNAMODB_TABLE_NAME") ?? defaults.ResultsTable,
            ContentTable = Table("DYNAMODB_TABLE_CONTENT") ?? defaults.ContentTable,
            SessionsTable = Table("DYNAMODB_TABLE_SESSIONS") ?? Table("DYNAMODB_SESSION_TABLE_NAME") ?? defaults.SessionsTable,
            MaxConnections = Number(
                "DYNAMODB_MAX_POOL_CONNECTIONS", defaults.MaxConnections, 1, OptionsCheck.MaxConnections),
            BatchSize = Number("DYNAMODB_BATCH_SIZE", defaults.BatchSize, 1, ServiceLimits.BatchWriteItems),
            MaxRetries = Number("DYNAMODB_MAX_RETRIES", defaults.MaxRetries, 0, OptionsCheck.MaxRetries),
            ConsistentReads = Truth("DYNAMODB_CONSISTENT_READS", defaults.ConsistentReads),
            TimeToLive = TimeSpan.FromDays(Number("DYNAMODB_TTL_DAYS", (int)defaults.TimeToLive.TotalDays, 0, MaxTtlDays)),
            MaxItemSize = Number(
                "DYNAMODB_MAX_ITEM_SIZE", defaults.MaxItemSize, OptionsCheck.MinItemSize, ServiceLimits.ItemBytes),
        };
        OptionsCheck.Check(options);
        return options;
    }

    private string? Value(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private Uri? Endpoint(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && OptionsCheck.IsEndpoint(uri)
            ? uri
            : throw Invalid(name, UrlHost.WithoutCredentials(value), "an http or https URL without user and path");
    }

    private string? Table(string name) => Value(name) is not { } value ? null
        : OptionsCheck.IsTable(value) ? value : throw Invalid(name, value, OptionsCheck.TableRule);

    private int Number(string name, int otherwise, int least, int most)
    {
        if (Value(name) is not { } value)
        {
            return otherwise;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw Invalid(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    private bool Truth(string name, bool otherwise)
    {
        var value = Value(name);
        return value is null ? otherwise
            : True.Contains(value, StringComparer.OrdinalIgnoreCase)
                || (False.Contains(value, StringComparer.OrdinalIgnoreCase) ? false
                    : throw Invalid(name, value, "true or false"));
    }

    private static Crawl4Exception Invalid(string name, string value, string allowed) => new(new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"The environment variable {name} is '{value}', which is not {allowed}.", name)
    { Advice = $"Set {name} to {allowed}, or remove it." });
}
