using System.Globalization;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating;

/// <summary>What has to be mended before a migration that was rehearsed can run.</summary>
internal static class RehearsedProblems
{
    /// <summary>The problems, a sentence each.</summary>
    public static IEnumerable<string> Of(MigrationRehearsal rehearsal, RolloutState state, MigrationStatus last)
    {
        var isBack = rehearsal.Direction == MigrationDirection.ToSqlite;
        if (!isBack && state.Stage == RolloutStage.DynamoDbOnly)
        {
            yield return "DynamoDB alone holds this cache: what SQLite has is old.";
        }

        if (isBack && state.Stage == RolloutStage.SqliteOnly)
        {
            yield return "SQLite alone holds this cache: what DynamoDB has is old.";
        }

        if (state.Force == RolloutStore.Sqlite)
        {
            yield return "SQLite is forced, so DynamoDB may not be called.";
        }

        if (last.Holder is { } holder)
        {
            yield return $"A migration of this cache is run by {holder}.";
        }

        // On the way back DynamoDB is written only where the rollout has to be taken out of DynamoDbOnly.
        var needsPut = !isBack || state.Stage == RolloutStage.DynamoDbOnly || state.IsSqliteBehind;
        foreach (var message in rehearsal.Permissions.Where(one => !one.IsAllowed && (needsPut || one.Action != PutItem))
            .Select(refused => refused.Message).Distinct(StringComparer.Ordinal))
        {
            yield return message;
        }

        // Nobody can say what is free on some drives.
        if (rehearsal.FreeBytes > 0 && rehearsal.NeededBytes > rehearsal.FreeBytes)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The cache's disk has {rehearsal.FreeBytes} bytes free, and {rehearsal.NeededBytes} are needed.");
        }

        foreach (var error in rehearsal.IntegrityErrors)
        {
            yield return $"SQLite's integrity check says: {error}";
        }
    }

    /// <summary>The action of a permission that only writing needs.</summary>
    public const string PutItem = "PutItem";

    /// <summary>The stage that the rollout is in when it is done.</summary>
    public static string StageAfter(MigrationRequest request, RolloutState state)
    {
        if (request.Direction == MigrationDirection.ToDynamoDb)
        {
            return state.Stage == RolloutStage.SqliteOnly ? nameof(RolloutStage.DualWrite) : state.Summary;
        }

        var isLeft = state.Stage == RolloutStage.DynamoDbOnly;
        return (isLeft || state.IsSqliteBehind ? state with
        {
            Stage = RolloutStage.Ramp,
            Percentage = isLeft ? RolloutPercentage.Hundred : state.Percentage,
            IsSqliteBehind = request.Urls.Count > 0,
        } : state).Summary;
    }
}
