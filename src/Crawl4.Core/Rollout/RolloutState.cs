namespace Crawl4.Core.Rollout;

/// <summary>How far the rollout of a cache is: one document, which every process rereads. The highest revision
/// wins.</summary>
public sealed record RolloutState
{
    /// <summary>A cache that nobody has begun to move.</summary>
    public static readonly RolloutState None = new();

    /// <summary>Grows by one with every change; 0 where there was none yet.</summary>
    public long Revision { get; init; }

    /// <summary>How far the move has come.</summary>
    public RolloutStage Stage { get; init; }

    /// <summary>The share of reads that DynamoDB answers while the stage is
    /// <see cref="RolloutStage.Ramp"/>.</summary>
    public RolloutPercentage Percentage { get; init; }

    /// <summary>What orders the URLs; see <see cref="RolloutBucket"/>. Made with the first change, never changed
    /// after. Empty before that.</summary>
    public string Salt { get; init; } = "";

    /// <summary>The store that answers every read, whatever the percentage, or null.</summary>
    public RolloutStore? Force { get; init; }

    /// <summary>Hosts that DynamoDB answers at every percentage.</summary>
    public IReadOnlyList<HostPattern> Allow { get; init; } = [];

    /// <summary>Hosts that SQLite answers at every percentage. Stronger than <see cref="Allow"/>.</summary>
    public IReadOnlyList<HostPattern> Deny { get; init; } = [];

    /// <summary>True after stage <see cref="RolloutStage.DynamoDbOnly"/> was left and before SQLite has been given what was
    /// written meanwhile. Until then every read is DynamoDB's, and less than 100 % is refused.</summary>
    public bool IsSqliteBehind { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who changed it last: user and machine.</summary>
    public string ChangedBy { get; init; } = "";

    /// <summary>Why, in the words of whoever changed it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True where writes go to DynamoDB.</summary>
    public bool WritesDynamoDb => Stage >= RolloutStage.DualWrite;

    /// <summary>True where writes go to SQLite.</summary>
    public bool WritesSqlite => Stage <= RolloutStage.Ramp;

    /// <summary>The stage and percentage in one short text, such as <c>Ramp 25 %</c>.</summary>
    public string Summary => Stage == RolloutStage.Ramp
        ? $"Ramp {Percentage} %{(IsSqliteBehind ? ", SQLite behind" : "")}" : Stage.ToString();

    /// <summary>True where both mean the same, whatever their revision and history.</summary>
    /// <param name="other">The other state.</param>
    public bool IsSameSetting(RolloutState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Stage == other.Stage && Percentage == other.Percentage && Force == other.Force
            && IsSqliteBehind == other.IsSqliteBehind && Allow.SequenceEqual(other.Allow) && Deny.SequenceEqual(other.Deny);
    }

    /// <inheritdoc/>
    public bool Equals(RolloutState? other) =>
        other is not null && IsSameSetting(other) && Revision == other.Revision && Salt == other.Salt
        && ChangedAt == other.ChangedAt && ChangedBy == other.ChangedBy && Reason == other.Reason;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Revision, Stage, Percentage, Salt, ChangedAt);
}
