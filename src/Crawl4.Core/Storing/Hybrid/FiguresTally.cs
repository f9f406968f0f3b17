using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What is counted.</summary>
internal enum Figure
{
    Hits,
    Misses,
    Fallbacks,
    Repairs,
    Deliveries,
    Superseded,
    FailedDeliveries,
    SqliteErrors,
    DynamoDbErrors,
    Requests,
    Retries,
}

/// <summary>Figures that can be added and subtracted: counts, and times in the buckets of
/// <see cref="LatencyHistogram"/>.</summary>
internal sealed record FiguresTally(
    long[] Counts, long[] SqliteTimes, long[] DynamoDbTimes, double ReadUnits, double WriteUnits)
{
    /// <summary>The names of the counts where they are written down.</summary>
    public static readonly string[] CountNames =
    [
        "hits", "misses", "fallbacks", "repairs", "deliveries", "superseded", "failed_deliveries", "sqlite_errors",
        "dynamodb_errors", "requests", "retries",
    ];

    public static FiguresTally Nothing { get; } = new(
        new long[CountNames.Length], new long[LatencyHistogram.Buckets], new long[LatencyHistogram.Buckets], 0, 0);

    public bool IsNothing => Counts.All(count => count == 0) && SqliteTimes.All(count => count == 0)
        && DynamoDbTimes.All(count => count == 0) && ReadUnits == 0 && WriteUnits == 0;

    public HybridFigures Figures => new()
    {
        Sqlite = Window(SqliteTimes, Figure.SqliteErrors),
        DynamoDb = Window(DynamoDbTimes, Figure.DynamoDbErrors),
        Hits = Of(Figure.Hits),
        Misses = Of(Figure.Misses),
        Fallbacks = Of(Figure.Fallbacks),
        Repairs = Of(Figure.Repairs),
        Deliveries = Of(Figure.Deliveries),
        Superseded = Of(Figure.Superseded),
        FailedDeliveries = Of(Figure.FailedDeliveries),
        Usage = new DynamoDbUsage(Of(Figure.Requests), Of(Figure.Retries), ReadUnits, WriteUnits),
    };

    public FiguresTally Plus(FiguresTally other) => Combined(other, 1);

    public FiguresTally Minus(FiguresTally other) => Combined(other, -1);

    private FiguresTally Combined(FiguresTally other, int sign) => new(
        Combined(Counts, other.Counts, sign), Combined(SqliteTimes, other.SqliteTimes, sign),
        Combined(DynamoDbTimes, other.DynamoDbTimes, sign), ReadUnits + (sign * other.ReadUnits),
        WriteUnits + (sign * other.WriteUnits));

    private static long[] Combined(long[] left, long[] right, int sign) =>
        [.. left.Zip(right, (one, two) => one + (sign * two))];

    private long Of(Figure figure) => Counts[(int)figure];

    private StoreWindow Window(long[] times, Figure errors) => new(
        times.Sum(), Of(errors), LatencyHistogram.Percentile(times, 0.5), LatencyHistogram.Percentile(times, 0.99))
    { P95 = LatencyHistogram.Percentile(times, 0.95) };
}
