using System.Collections;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>How far a full verification is: what a checkpoint keeps.</summary>
internal sealed class VerificationState
{
    public Lock Gate { get; } = new();

    public DateTimeOffset BegunAt { get; init; }

    /// <summary>How long earlier runs worked.</summary>
    public TimeSpan ElapsedBefore { get; init; }

    public bool WasResumed { get; init; }

    public SideState Sqlite { get; } = new();

    public SideState DynamoDb { get; } = new();

    /// <summary>Leaves before this one have been compared.</summary>
    public int ComparedTo { get; set; }

    /// <summary>True where DynamoDB has entries that its index does not know.</summary>
    public bool HasUnlisted { get; set; }

    /// <summary>URLs that were not judged yet when the checkpoint was made.</summary>
    public IReadOnlyList<string> OpenSuspects { get; init; } = [];

    /// <summary>How long the log of mismatches was when the checkpoint was made.</summary>
    public long LogLength { get; init; }

    public VerificationTally Tally { get; } = new();

    public SideState this[RolloutStore side] => side == RolloutStore.Sqlite ? Sqlite : DynamoDb;
}

/// <summary>How far the reading of one store is.</summary>
internal sealed class SideState
{
    public LeafSums Sums { get; } = new();

    /// <summary>Which parts are read. Empty before it is known how many there are.</summary>
    public BitArray Parts { get; set; } = new(0);

    /// <summary>Where there is one part: the last URL that is in the sums.</summary>
    public string? After { get; set; }
}
