using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Finds out what tables are there, and waits for what they are to become.</summary>
internal sealed class TableInspection(ServiceCalls calls, DynamoDbOptions options)
{
    /// <summary>Emulators are done at once, AWS within seconds; DescribeTable is free.</summary>
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(5);

    /// <summary>The table, or null where there is none.</summary>
    public async Task<TableDescription?> DescribeAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            return (await calls.SendAsync("DescribeTable", table,
                (client, cancel) => client.DescribeTableAsync(table, cancel), cancellationToken)
                .ConfigureAwait(false)).Table;
        }
        catch (Crawl4Exception missing) when (missing.Code == Crawl4ErrorCode.TableMissing)
        {
            return null;
        }
    }

    /// <summary>Waits until the table and its indexes are active, or, where it is to go, gone.</summary>
    public async Task<TableDescription?> WaitAsync(string table, bool gone, CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        var poll = FirstPoll;
        while (true)
        {
            var found = await DescribeAsync(table, cancellationToken).ConfigureAwait(false);
            if (gone ? found is null : found is not null && IsActive(found))
            {
                return found;
            }

            if (options.TimeProvider.GetElapsedTime(started) > options.TableDeadline)
            {
                throw new Crawl4Exception(new Crawl4Error(Crawl4ErrorCode.StoreBusy,
                    $"The table '{table}' was still {found?.TableStatus?.Value ?? "missing"} after "
                    + $"{options.TableDeadline.TotalSeconds:0} s.", table)
                { Advice = "Run the same again: it goes on where it stopped." });
            }

            await Task.Delay(poll, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            poll = poll * 2 > LongestPoll ? LongestPoll : poll * 2;
        }
    }

    /// <summary>The attribute that TTL goes by; null where TTL is off.</summary>
    /// <exception cref="Crawl4Exception">It may not or cannot be found out.</exception>
    public async Task<string?> TimeToLiveAsync(string table, CancellationToken cancellationToken)
    {
        var answer = await calls.SendAsync("DescribeTimeToLive", table,
            (client, cancel) => client.DescribeTimeToLiveAsync(table, cancel), cancellationToken).ConfigureAwait(false);
        var found = answer.TimeToLiveDescription;
        return found?.TimeToLiveStatus == TimeToLiveStatus.ENABLED || found?.TimeToLiveStatus == TimeToLiveStatus.ENABLING
            ? found.AttributeName : null;
    }

    public async Task<DynamoDbTableState> ShowAsync(
        TableDefinition definition, bool wasCreated, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var state = new DynamoDbTableState(definition.Name, definition.Holds, Exists: false)
        {
            Key = definition.KeyWords, Missing = ["the table"], Notes = notes,
        };
        if (await DescribeAsync(definition.Name, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return state;
        }

        state = await WithTimeToLiveAsync(definition, found, state with
        {
            Exists = true,
            Status = found.TableStatus?.Value ?? "",
            WasCreated = wasCreated,
            Key = string.Join(", ", (found.KeySchema ?? []).Select(key => key.AttributeName)),
            BillingMode = Billing(found),
            HasListingIndex = HasListing(found),
            HasStream = HasStream(found),
            ApproximateItems = found.ItemCount ?? 0,
        }, cancellationToken).ConfigureAwait(false);
        return state.HasListingIndex ? await WithMarkAsync(state, cancellationToken).ConfigureAwait(false) : state;
    }

    private async Task<DynamoDbTableState> WithMarkAsync(DynamoDbTableState state, CancellationToken cancellationToken)
    {
        try
        {
            var mark = await new ItemRequests(calls).GetAsync(
                state.Name, new() { [ItemNames.Url] = ItemValue.Text(ItemNames.TableMarker) }, consistent: true, only: null,
                cancellationToken).ConfigureAwait(false);
            return state with
            {
                IsListingWhole = mark is not null && ItemValue.Truth(mark, ItemNames.ListingComplete) == true,
            };
        }
        catch (Crawl4Exception error) when (TableSetup.CanDoWithout(error))
        {
            return state;
        }
    }

    private async Task<DynamoDbTableState> WithTimeToLiveAsync(
        TableDefinition definition, TableDescription found, DynamoDbTableState state, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (definition.HasListing && !HasListing(found))
        {
            missing.Add("the listing index");
        }

        if (definition.HasStream && !HasStream(found))
        {
            missing.Add("the stream");
        }

        try
        {
            var attribute = await TimeToLiveAsync(definition.Name, cancellationToken).ConfigureAwait(false);
            if (attribute is null)
            {
                missing.Add("TTL");
            }

            return state with { HasTimeToLive = attribute == ItemNames.TimeToLive, Missing = missing };
        }
        catch (Crawl4Exception error) when (TableSetup.CanDoWithout(error))
        {
            return state with
            {
                Missing = missing, Notes = [.. state.Notes, $"Whether TTL is on is not known: {error.Message}"],
            };
        }
    }

    public static bool HasListing(TableDescription table) =>
        (table.GlobalSecondaryIndexes ?? []).Exists(index => index.IndexName == ItemNames.ListingIndex);

    public static bool HasStream(TableDescription table) => table.StreamSpecification?.StreamEnabled == true;

    /// <summary>AWS gives no summary of tables that were always provisioned, its emulator of none:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html.</summary>
    private static string Billing(TableDescription table) => table.BillingModeSummary?.BillingMode?.Value
        ?? (table.ProvisionedThroughput?.ReadCapacityUnits > 0 ? BillingMode.PROVISIONED.Value : "");

    private static bool IsActive(TableDescription table) => table.TableStatus == TableStatus.ACTIVE
        && (table.GlobalSecondaryIndexes ?? []).TrueForAll(index =>
            index.IndexStatus is null || index.IndexStatus == IndexStatus.ACTIVE);
}
