namespace Crawl4.Core.Verifying;

/// <summary>What a verification did and found.</summary>
public sealed record VerificationReport
{
    /// <summary>How thorough it was.</summary>
    public required VerificationMode Mode { get; init; }

    /// <summary>When it began; where it was stopped and went on, when the first run did.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it worked, without the time that it was stopped.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The rollout when it began, such as <c>Ramp 25 %</c>.</summary>
    public string Rollout { get; init; } = "";

    /// <summary>The rollout's revision when it began.</summary>
    public long Revision { get; init; }

    /// <summary>What was read of SQLite.</summary>
    public required VerifiedStore Sqlite { get; init; }

    /// <summary>What was read of DynamoDB.</summary>
    public required VerifiedStore DynamoDb { get; init; }

    /// <summary>How many mismatches of each kind there are. Kinds without any are left out.</summary>
    public IReadOnlyDictionary<MismatchKind, long> Counts { get; init; } = new Dictionary<MismatchKind, long>();

    /// <summary>How many URLs differ because a write is still on its way to DynamoDB.</summary>
    public long Pending { get; init; }

    /// <summary>How many URLs went on changing for as long as they were looked at.</summary>
    public long Unsettled { get; init; }

    /// <summary>What could not be looked at, and why: the first hundred reasons.</summary>
    public IReadOnlyList<string> NotLookedAt { get; init; } = [];

    /// <summary>What should be known of how it was done.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a sample says; null in other modes.</summary>
    public VerificationSample? Sample { get; init; }

    /// <summary>How fast it went, over time.</summary>
    public IReadOnlyList<VerificationRate> Rates { get; init; } = [];

    /// <summary>How long each step took.</summary>
    public IReadOnlyList<VerificationStep> Steps { get; init; } = [];

    /// <summary>True where an earlier run was stopped and this one went on.</summary>
    public bool WasResumed { get; init; }

    /// <summary>How many mismatches there are, orphans left out.</summary>
    public long MismatchCount => Counts.Where(count => IsInequality(count.Key)).Sum(count => count.Value);

    /// <summary>How much content there is that no entry refers to.</summary>
    public long OrphanCount => Counts.Where(count => !IsInequality(count.Key)).Sum(count => count.Value);

    /// <summary>The verdict.</summary>
    public VerificationVerdict Verdict => MismatchCount > 0 || CountsDiffer ? VerificationVerdict.Different
        : Pending + Unsettled > 0 || NotLookedAt.Count > 0 ? VerificationVerdict.Incomplete
        : VerificationVerdict.Equal;

    private bool CountsDiffer => Mode == VerificationMode.Count && Sqlite.Entries != DynamoDb.Entries;

    private static bool IsInequality(MismatchKind kind) =>
        kind is not (MismatchKind.OrphanedChunk or MismatchKind.OrphanedFile);
}

/// <summary>What was read of one store.</summary>
/// <param name="Description">Where it is.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Bytes">The size of their content in UTF-8 bytes.</param>
public sealed record VerifiedStore(string Description, long Entries, long Bytes);

/// <summary>What a sample says of the whole.</summary>
/// <param name="Size">How many entries were compared.</param>
/// <param name="Mismatches">How many of them differ.</param>
/// <param name="UpperBound">With 95 % certainty no greater share of all entries differs, 0 to 1.</param>
public sealed record VerificationSample(int Size, long Mismatches, double UpperBound);

/// <summary>How fast it went for a while.</summary>
/// <param name="At">How long it had worked by then.</param>
/// <param name="EntriesPerSecond">Entries of both stores together.</param>
public readonly record struct VerificationRate(TimeSpan At, double EntriesPerSecond);

/// <summary>One step of a verification.</summary>
/// <param name="Name">What was done, for people.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VerificationStep(string Name, TimeSpan Elapsed);
