using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Makes the SDK's client.</summary>
internal static class ServiceClient
{
    /// <summary>Emulators want a region in the signature; which one does not matter.</summary>
    private const string EmulatorRegion = "us-east-1";

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where no region is
    /// known.</exception>
    public static IAmazonDynamoDB Make(DynamoDbOptions options)
    {
        var config = new AmazonDynamoDBConfig
        {
            // All retries are ours: the SDK's would multiply them, and go on for two minutes.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            Timeout = options.AttemptTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = options.Region ?? EmulatorRegion;
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        try
        {
            return options.UseEmulatorCredentials
                ? new AmazonDynamoDBClient(new BasicAWSCredentials("emulator", "emulator"), config)
                : new AmazonDynamoDBClient(config);
        }
        catch (AmazonClientException error)
        {
            throw new Crawl4Exception(
                new Crawl4Error(Crawl4ErrorCode.OptionInvalid,
                    $"The DynamoDB client cannot be made: {error.Message}.", "AWS_REGION")
                { Advice = "Set AWS_REGION, or DYNAMODB_ENDPOINT for an emulator." }, error);
        }
    }
}
