using System.Text;
using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>The rollout's state as an item of the results table, where the processes of every machine read it.</summary>
/// <remarks>Reads are strong: a change that was made is seen by the next read, wherever it was made.</remarks>
internal sealed class ControlItem(ItemRequests requests, DynamoDbOptions options) : IRolloutDocument
{
    public string Description => $"the item {ItemNames.Control} of {options}";

    public async Task<RolloutState?> ReadAsync(CancellationToken cancellationToken)
    {
        var item = await requests.GetAsync(options.ResultsTable, Key(), consistent: true, only: null, cancellationToken)
            .ConfigureAwait(false);
        if (item is null)
        {
            return null;
        }

        return ItemValue.Text(item, ItemNames.Rollout) is { } json
            ? RolloutStateJson.Read(Encoding.UTF8.GetBytes(json), Description)
            : throw new Crawl4Error(
                Crawl4ErrorCode.RolloutStateInvalid, $"{Description} has no attribute {ItemNames.Rollout}.", Description)
            { Advice = "Remove the item, or set the rollout anew from a machine that knows it." }.ToException();
    }

    public Task<bool> TryReplaceAsync(RolloutState state, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var item = Key();
        item[ItemNames.Rollout] = new AttributeValue { S = Encoding.UTF8.GetString(RolloutStateJson.Write(state)) };
        item[ItemNames.Revision] = ItemValue.Number(state.Revision);
        return ReplaceAsync(item, Condition(expectedRevision), state.Revision, cancellationToken);
    }

    /// <summary>A put whose answer was lost is sent again, and then finds itself there.</summary>
    private async Task<bool> ReplaceAsync(
        Dictionary<string, AttributeValue> item, PutCondition condition, long revision, CancellationToken cancellationToken)
    {
        if (await requests.PutAsync(options.ResultsTable, item, condition, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var there = await requests.GetAsync(options.ResultsTable, Key(), consistent: true, only: null, cancellationToken)
            .ConfigureAwait(false);
        return there is not null && ItemValue.Number(there, ItemNames.Revision) == revision
            && ItemValue.Text(there, ItemNames.Rollout) == item[ItemNames.Rollout].S;
    }

    private static PutCondition Condition(long expectedRevision) => expectedRevision == 0
        ? new("attribute_not_exists(#key)", new() { ["#key"] = ItemNames.Url }, null)
        : new("#revision = :revision", new() { ["#revision"] = ItemNames.Revision },
            new() { [":revision"] = ItemValue.Number(expectedRevision) });

    private static Dictionary<string, AttributeValue> Key() =>
        new() { [ItemNames.Url] = new AttributeValue { S = ItemNames.Control } };
}
