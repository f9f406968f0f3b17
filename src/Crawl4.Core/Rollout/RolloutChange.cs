namespace Crawl4.Core.Rollout;

/// <summary>What somebody wants of a rollout. What is null stays as it is.</summary>
public sealed record RolloutChange
{
    /// <summary>The stage to go to.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The share of reads that DynamoDB answers. More than 0 is stage Ramp; 0 is stage DualWrite, where
    /// the cache has come that far.</summary>
    public RolloutPercentage? Percentage { get; init; }

    /// <summary>The store to force; see <see cref="ClearForce"/>.</summary>
    public RolloutStore? Force { get; init; }

    /// <summary>True to force neither store any more.</summary>
    public bool ClearForce { get; init; }

    /// <summary>The hosts that DynamoDB answers; an empty list for none.</summary>
    public IReadOnlyList<HostPattern>? Allow { get; init; }

    /// <summary>The hosts that SQLite answers; an empty list for none.</summary>
    public IReadOnlyList<HostPattern>? Deny { get; init; }

    /// <summary>True where SQLite has been given what was written while DynamoDB was alone.</summary>
    public bool SqliteCaughtUp { get; init; }

    /// <summary>Who wants it: user and machine.</summary>
    public string By { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the state becomes; the same object where nothing would change.</summary>
    /// <param name="state">The state as it is.</param>
    /// <param name="now">The time.</param>
    /// <param name="newSalt">Gives a salt, for a rollout that has none yet.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the parts contradict each
    /// other.</exception>
    public RolloutState Apply(RolloutState state, DateTimeOffset now, Func<string> newSalt)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(newSalt);
        if (ClearForce && Force is not null)
        {
            throw Contradiction("A store cannot be forced and not forced.", nameof(Force));
        }

        var (stage, percentage) = Position(state);
        var next = state with
        {
            Stage = stage,
            Percentage = percentage,
            Force = ClearForce ? null : Force ?? state.Force,
            Allow = Allow ?? state.Allow,
            Deny = Deny ?? state.Deny,
            IsSqliteBehind = stage is not RolloutStage.DynamoDbOnly && !SqliteCaughtUp
                && (state.IsSqliteBehind || state.Stage == RolloutStage.DynamoDbOnly),
        };
        return next.IsSameSetting(state) ? state : next with
        {
            Revision = state.Revision + 1,
            Salt = state.Salt.Length > 0 ? state.Salt : newSalt(),
            ChangedAt = now,
            ChangedBy = By,
            Reason = Reason,
        };
    }

    private (RolloutStage Stage, RolloutPercentage Percentage) Position(RolloutState state)
    {
        var percentage = Percentage ?? state.Percentage;
        if (Stage is not { } stage)
        {
            return Percentage is null ? (state.Stage, percentage) : (StageOf(percentage, state.Stage), percentage);
        }

        return stage switch
        {
            RolloutStage.Ramp when percentage > RolloutPercentage.Zero => (stage, percentage),
            RolloutStage.Ramp => throw Contradiction(
                "Stage Ramp needs a percentage above 0.", nameof(Percentage)),
            RolloutStage.DynamoDbOnly when Percentage is null || percentage == RolloutPercentage.Hundred =>
                (stage, RolloutPercentage.Hundred),
            _ when Percentage is null || percentage == RolloutPercentage.Zero => (stage, RolloutPercentage.Zero),
            _ => throw Contradiction($"Stage {stage} does not go with {percentage} %.", nameof(Percentage)),
        };
    }

    private static RolloutStage StageOf(RolloutPercentage percentage, RolloutStage current)
    {
        if (percentage > RolloutPercentage.Zero)
        {
            return RolloutStage.Ramp;
        }

        return current == RolloutStage.SqliteOnly ? current : RolloutStage.DualWrite;
    }

    private static Crawl4Exception Contradiction(string message, string setting) => new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid, message, setting)
    { Advice = "Give a percentage alone, or a stage that goes with it." }.ToException();
}
