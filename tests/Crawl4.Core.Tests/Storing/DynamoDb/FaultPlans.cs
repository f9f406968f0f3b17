namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Plans for a <see cref="FaultProxy"/>.</summary>
internal static class FaultPlans
{
    private static readonly Fault[] Passing =
    [
        Fault.Throughput, Fault.Throttling, Fault.InternalError, Fault.CutBefore, Fault.LostAnswer, Fault.ErrorAfter,
        Fault.Unprocessed,
    ];

    /// <summary>So many in a hundred requests that read or write items fail in a way that passes.</summary>
    public static Func<string, Fault> Seeded(int seed, int percent)
    {
        var random = new Random(seed);
        return action => action.EndsWith("Table", StringComparison.Ordinal) || random.Next(100) >= percent
            ? Fault.None : Passing[random.Next(Passing.Length)];
    }

    /// <summary>These, one after the other, for requests of one kind; then nothing.</summary>
    public static Func<string, Fault> For(string action, params Fault[] faults)
    {
        var left = new Queue<Fault>(faults);
        return asked => asked == action && left.TryDequeue(out var fault) ? fault : Fault.None;
    }
}
