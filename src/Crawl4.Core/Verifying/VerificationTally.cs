using Crawl4.Core.Rollout;

namespace Crawl4.Core.Verifying;

/// <summary>What a verification has counted so far.</summary>
internal sealed class VerificationTally
{
    /// <summary>Reasons past this many say nothing new.</summary>
    private const int MostReasons = 100;

    private readonly long[] _entries = new long[2];
    private readonly long[] _bytes = new long[2];

    public Dictionary<MismatchKind, long> Counts { get; } = [];

    public List<string> NotLookedAt { get; } = [];

    public List<string> Notes { get; } = [];

    public long Pending { get; set; }

    public long Unsettled { get; set; }

    public long Mismatches => Counts.Sum(count => count.Value);

    public long Entries(RolloutStore side) => _entries[(int)side];

    public long Bytes(RolloutStore side) => _bytes[(int)side];

    public void AddRead(RolloutStore side, long entries, long bytes)
    {
        _entries[(int)side] += entries;
        _bytes[(int)side] += bytes;
    }

    public void AddFound(MismatchKind kind, long count = 1) => Counts[kind] = Counts.GetValueOrDefault(kind) + count;

    public void AddNotLookedAt(string reason)
    {
        if (NotLookedAt.Count < MostReasons)
        {
            NotLookedAt.Add(reason);
        }
    }
}
