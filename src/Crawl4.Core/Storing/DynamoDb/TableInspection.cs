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
        var found = await DescribeAsync(definition.Name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return new DynamoDbTableState(definition.Name, false, "", false, false, false, false, 0, notes);
        }

        var expires = false;
        try
        {
            expires = await TimeToLiveAsync(definition.Name, cancellationToken).ConfigureAwait(false)
                == ItemNames.TimeToLive;
        }
        catch (Crawl4Exception error) when (TableSetup.CanDoWithout(error))
        {
            notes = [.. notes, $"Whether TTL is on is not known: {error.Message}"];
        }

        return new DynamoDbTableState(
            definition.Name, true, found.TableStatus?.Value ?? "", wasCreated, HasListing(found), expires, HasStream(found),
            found.ItemCount ?? 0, notes);
    }

    public static bool HasListing(TableDescription table) =>
        (table.GlobalSecondaryIndexes ?? []).Exists(index => index.IndexName == ItemNames.ListingIndex);

    public static bool HasStream(TableDescription table) => table.StreamSpecification?.StreamEnabled == true;

    private static bool IsActive(TableDescription table) => table.TableStatus == TableStatus.ACTIVE
        && (table.GlobalSecondaryIndexes ?? []).TrueForAll(index =>
            index.IndexStatus is null || index.IndexStatus == IndexStatus.ACTIVE);
}
