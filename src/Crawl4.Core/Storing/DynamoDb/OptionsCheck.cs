using System.Text.RegularExpressions;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Which options are allowed.</summary>
internal static partial class OptionsCheck
{
    /// <summary>More connections than this exhaust a machine's ports before they make anything faster.</summary>
    public const int MaxConnections = 1000;

    /// <summary>With doubling waits more retries than this never fit a deadline.</summary>
    public const int MaxRetries = 20;

    /// <summary>A key of 2 KB, a sort key of 1 KB and the other attributes must fit with room for content.</summary>
    public const int MinItemSize = 16_384;

    public const string TableRule = "a table name of 3 to 255 letters, digits, '_', '-' and '.'";

    public static void Check(DynamoDbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options.Endpoint is null || IsEndpoint(options.Endpoint), nameof(options.Endpoint),
            "an http or https URL without user and path");
        Require(IsTable(options.ResultsTable), nameof(options.ResultsTable), TableRule);
        Require(IsTable(options.ContentTable), nameof(options.ContentTable), TableRule);
        Require(IsTable(options.SessionsTable), nameof(options.SessionsTable), TableRule);
        Require(options.MaxConnections is >= 1 and <= MaxConnections, nameof(options.MaxConnections), "from 1 to 1000");
        Require(options.BatchSize is >= 1 and <= ServiceLimits.BatchWriteItems, nameof(options.BatchSize), "from 1 to 25");
        Require(options.MaxRetries is >= 0 and <= MaxRetries, nameof(options.MaxRetries), "from 0 to 20");
        Require(options.MaxItemSize is >= MinItemSize and <= ServiceLimits.ItemBytes, nameof(options.MaxItemSize),
            "from 16,384 to 409,600 bytes");
        Require(options.TimeToLive >= TimeSpan.Zero, nameof(options.TimeToLive), "zero or more");
        Require(options.SessionTimeToLive > TimeSpan.Zero, nameof(options.SessionTimeToLive), "more than zero");
        foreach (var (name, time) in new[]
        {
            (nameof(options.CallDeadline), options.CallDeadline), (nameof(options.AttemptTimeout), options.AttemptTimeout),
            (nameof(options.TableDeadline), options.TableDeadline),
        })
        {
            // Polly's own bounds for a timeout.
            Require(time >= TimeSpan.FromMilliseconds(10) && time <= TimeSpan.FromDays(1), name, "from 10 ms to 24 hours");
        }
    }

    public static bool IsEndpoint(Uri uri) => uri.IsAbsoluteUri && uri.Scheme is "http" or "https"
        && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0;

    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html.</summary>
    public static bool IsTable(string name) => TableName().IsMatch(name);

    private static void Require(bool holds, string option, string allowed)
    {
        if (!holds)
        {
            throw new Crawl4Exception(
                Crawl4ErrorCode.OptionInvalid, $"The DynamoDB option {option} must be {allowed}.", option);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{3,255}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TableName();
}
