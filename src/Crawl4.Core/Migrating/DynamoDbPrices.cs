namespace Crawl4.Core.Migrating;

/// <summary>What DynamoDB costs, in dollars. Prices are data: they differ by region and change.</summary>
/// <value>Those of on-demand tables in us-east-1 since November 2024: https://aws.amazon.com/dynamodb/pricing/.</value>
public sealed record DynamoDbPrices
{
    private const decimal Million = 1_000_000m;
    private const decimal Gigabyte = 1024m * 1024m * 1024m;

    /// <summary>A million write units.</summary>
    public decimal MillionWriteUnits { get; init; } = 0.625m;

    /// <summary>A million read units.</summary>
    public decimal MillionReadUnits { get; init; } = 0.125m;

    /// <summary>A gigabyte kept for a month. What an account has free is left out.</summary>
    public decimal GigabyteMonth { get; init; } = 0.25m;

    /// <summary>What units cost.</summary>
    /// <param name="writeUnits">Write units.</param>
    /// <param name="readUnits">Read units.</param>
    public decimal OfUnits(double writeUnits, double readUnits) =>
        (((decimal)writeUnits * MillionWriteUnits) + ((decimal)readUnits * MillionReadUnits)) / Million;

    /// <summary>What keeping bytes for a month costs.</summary>
    /// <param name="bytes">How many.</param>
    public decimal OfMonth(long bytes) => bytes / Gigabyte * GigabyteMonth;
}
