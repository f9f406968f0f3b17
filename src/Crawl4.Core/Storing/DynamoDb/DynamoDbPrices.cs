using System.Text.Json;
using System.Text.Json.Serialization;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>What DynamoDB costs, in US dollars, billed by request. Prices change, and differ between regions: the file
/// <c>crawl4_prices.json</c> in the cache folder takes the place of these.</summary>
/// <param name="AsOf">The day the prices are of.</param>
/// <param name="Region">The AWS region they are of.</param>
/// <param name="ReadMillion">A million read request units.</param>
/// <param name="WriteMillion">A million write request units.</param>
/// <param name="StorageGigabyteMonth">A gigabyte kept for a month, past the first 25, which are free.</param>
public sealed record DynamoDbPrices(
    DateOnly AsOf, string Region, decimal ReadMillion, decimal WriteMillion, decimal StorageGigabyteMonth)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_prices.json";

    /// <summary>Five members: whatever is longer is another file.</summary>
    private const int MaxBytes = 16 * 1024;

    private const decimal Million = 1_000_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Those of us-east-1, where most is cheapest: https://aws.amazon.com/dynamodb/pricing/on-demand/.</summary>
    public static DynamoDbPrices UsEast1 { get; } =
        new(new DateOnly(2024, 11, 1), "us-east-1", ReadMillion: 0.125m, WriteMillion: 0.625m, StorageGigabyteMonth: 0.25m);

    /// <summary>The prices in a cache folder's file; those of us-east-1 where there is none.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the file has not exactly
    /// <c>as_of</c>, <c>region</c>, <c>read_million</c>, <c>write_million</c> and <c>storage_gigabyte_month</c>, none
    /// below zero; <see cref="Crawl4ErrorCode.StoreUnavailable"/> where it cannot be read.</exception>
    public static DynamoDbPrices Read(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder.Path, FileName);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return UsEast1;
            }

            var prices = info.Length <= MaxBytes
                ? JsonSerializer.Deserialize<DynamoDbPrices>(File.ReadAllBytes(path), Json) : null;
            return prices is { ReadMillion: >= 0, WriteMillion: >= 0, StorageGigabyteMonth: >= 0 }
                ? prices : throw Invalid(path, "has no prices, or one below zero");
        }
        catch (JsonException error)
        {
            throw Invalid(path, "is not as it should be: " + error.Message.TrimEnd('.'), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreUnavailable, $"The prices '{path}' cannot be read: {error.Message}", path)
                .ToException(error);
        }
    }

    /// <summary>What requests cost. Storage comes on top, and so does what DynamoDB bills without saying how much it was
    /// (<see cref="DynamoDbUsage.WriteUnits"/>).</summary>
    /// <param name="usage">What they used.</param>
    /// <returns>US dollars.</returns>
    public decimal CostOf(DynamoDbUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return ((decimal)usage.ReadUnits * ReadMillion / Million) + ((decimal)usage.WriteUnits * WriteMillion / Million);
    }

    private static Crawl4Exception Invalid(string path, string why, Exception? cause = null) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, $"The prices '{path}' cannot be used: the file {why}.", path)
    {
        Advice = "Write as_of (a date), region, read_million, write_million and storage_gigabyte_month, or remove the file.",
    }.ToException(cause);
}
