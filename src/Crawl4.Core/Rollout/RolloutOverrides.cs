namespace Crawl4.Core.Rollout;

/// <summary>What the environment of one process asks for, over the state that all share. The names are those that
/// users of the Python programs have.</summary>
public sealed record RolloutOverrides
{
    /// <summary>0 to 100: the share of reads that DynamoDB answers.</summary>
    public const string PercentageVariable = "DYNAMODB_MIGRATION_PCT";

    /// <summary>true or false: SQLite answers every read, and DynamoDB is not called.</summary>
    public const string ForceSqliteVariable = "FORCE_SQLITE";

    /// <summary>true or false: DynamoDB answers every read.</summary>
    public const string ForceDynamoDbVariable = "FORCE_DYNAMODB";

    /// <summary>Nothing is asked for.</summary>
    public static readonly RolloutOverrides None = new();

    private static readonly string[] Yes = ["true", "1", "yes", "on"];
    private static readonly string[] No = ["false", "0", "no", "off"];

    /// <summary>The percentage asked for, or null.</summary>
    public RolloutPercentage? Percentage { get; init; }

    /// <summary>True where SQLite is asked for.</summary>
    public bool ForceSqlite { get; init; }

    /// <summary>True where DynamoDB is asked for. Where both are, SQLite wins.</summary>
    public bool ForceDynamoDb { get; init; }

    /// <summary>Each variable that is set, with its value, for showing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>Reads the environment. A variable that is empty counts as not set.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a value is none that is
    /// allowed. It names the variable, the value and what is allowed.</exception>
    public static RolloutOverrides Read(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var set = new List<KeyValuePair<string, string>>();
        var percentage = Value(PercentageVariable, environment, set);
        return new RolloutOverrides
        {
            Percentage = percentage is null ? null : RolloutPercentage.Parse(percentage, PercentageVariable),
            ForceSqlite = Switch(ForceSqliteVariable, environment, set),
            ForceDynamoDb = Switch(ForceDynamoDbVariable, environment, set),
            Variables = set,
        };
    }

    /// <summary>The state as this process has to take it.</summary>
    /// <param name="state">The state that all share.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a percentage is asked for
    /// although SQLite is no longer written: it would answer with what is old.</exception>
    public RolloutState Over(RolloutState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Percentage is { } percentage)
        {
            state = WithPercentage(state, percentage);
        }

        var force = ForceSqlite ? RolloutStore.Sqlite : ForceDynamoDb ? RolloutStore.DynamoDb : state.Force;
        return force == state.Force ? state : state with { Force = force };
    }

    private static RolloutState WithPercentage(RolloutState state, RolloutPercentage percentage)
    {
        var isBehind = state.Stage == RolloutStage.DynamoDbOnly || state.IsSqliteBehind;
        if (isBehind && percentage < RolloutPercentage.Hundred)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid,
                $"{PercentageVariable} is '{percentage}', but this cache is in stage {state.Summary}: SQLite does not have "
                + "what was written to DynamoDB alone, and would answer with what is old.",
                PercentageVariable)
            { Advice = "Remove the variable, or migrate back to SQLite first." }.ToException();
        }

        var stage = state.Stage == RolloutStage.DynamoDbOnly ? state.Stage
            : percentage > RolloutPercentage.Zero ? RolloutStage.Ramp
            : state.Stage == RolloutStage.SqliteOnly ? RolloutStage.SqliteOnly
            : RolloutStage.DualWrite;
        return state with { Stage = stage, Percentage = percentage };
    }

    private static bool Switch(
        string name, Func<string, string?> environment, List<KeyValuePair<string, string>> set)
    {
        var value = Value(name, environment, set);
        if (value is null || No.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        return Yes.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? true
            : throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"{name} is '{value}', which is neither true nor false.", name)
            { Advice = $"Give one of {string.Join(", ", Yes)}, {string.Join(", ", No)}." }.ToException();
    }

    private static string? Value(
        string name, Func<string, string?> environment, List<KeyValuePair<string, string>> set)
    {
        var value = environment(name)?.Trim();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        set.Add(new KeyValuePair<string, string>(name, value));
        return value;
    }
}
