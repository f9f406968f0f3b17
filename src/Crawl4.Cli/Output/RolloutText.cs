using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Cli.Output;

/// <summary>The rollout as programs read it.</summary>
internal static class RolloutText
{
    public static Dictionary<string, object?> Fields(RolloutState state) => new()
    {
        ["revision"] = state.Revision,
        ["stage"] = state.Stage.ToString(),
        ["percentage"] = state.Percentage.Value,
        ["force"] = state.Force?.ToString(),
        ["allow"] = state.Allow.Select(pattern => pattern.Text),
        ["deny"] = state.Deny.Select(pattern => pattern.Text),
        ["sqlite_behind"] = state.IsSqliteBehind,
        ["salt"] = state.Salt,
        ["changed_at"] = state.Revision == 0 ? null : state.ChangedAt,
        ["changed_by"] = state.ChangedBy,
        ["reason"] = state.Reason,
    };

    public static Dictionary<string, object?> Fields(HybridFigures figures) => new()
    {
        ["hits"] = figures.Hits,
        ["misses"] = figures.Misses,
        ["fallbacks"] = figures.Fallbacks,
        ["repairs"] = figures.Repairs,
        ["deliveries"] = figures.Deliveries,
        ["superseded"] = figures.Superseded,
        ["failed_deliveries"] = figures.FailedDeliveries,
        ["sqlite"] = Fields(figures.Sqlite),
        ["dynamodb"] = Fields(figures.DynamoDb),
        ["requests"] = figures.Usage.Requests,
        ["retries"] = figures.Usage.Retries,
        ["read_units"] = figures.Usage.ReadUnits,
        ["write_units"] = figures.Usage.WriteUnits,
    };

    public static Dictionary<string, object?> Fields(RolloutWindow window) => new()
    {
        ["from"] = window.From,
        ["to"] = window.To,
        ["sqlite"] = Fields(window.Sqlite),
        ["dynamodb"] = Fields(window.DynamoDb),
        ["mismatches"] = window.Mismatches,
    };

    private static Dictionary<string, object?> Fields(StoreWindow window) => new()
    {
        ["observations"] = window.Observations,
        ["errors"] = window.Errors,
        ["p50_ms"] = window.P50.TotalMilliseconds,
        ["p95_ms"] = window.P95.TotalMilliseconds,
        ["p99_ms"] = window.P99.TotalMilliseconds,
    };
}
