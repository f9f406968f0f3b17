using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Adds up what requests used.</summary>
internal sealed class UsageMeter
{
    private readonly Lock _gate = new();
    private DynamoDbUsage _usage = new(0, 0, 0, 0);

    public DynamoDbUsage Usage
    {
        get
        {
            lock (_gate)
            {
                return _usage;
            }
        }
    }

    public void AddRequest(bool isRetry)
    {
        StoreMetrics.Requested(isRetry);
        lock (_gate)
        {
            _usage = _usage with { Requests = _usage.Requests + 1, Retries = _usage.Retries + (isRetry ? 1 : 0) };
        }
    }

    public void AddRead(params IEnumerable<ConsumedCapacity?>? capacities)
    {
        var units = Units(capacities);
        lock (_gate)
        {
            _usage = _usage with { ReadUnits = _usage.ReadUnits + units };
        }

        StoreMetrics.Used("read", units);
    }

    public void AddWrite(params IEnumerable<ConsumedCapacity?>? capacities)
    {
        var units = Units(capacities);
        lock (_gate)
        {
            _usage = _usage with { WriteUnits = _usage.WriteUnits + units };
        }

        StoreMetrics.Used("write", units);
    }

    private static double Units(IEnumerable<ConsumedCapacity?>? capacities) =>
        capacities?.Sum(capacity => capacity?.CapacityUnits ?? 0) ?? 0;
}
