using Amazon.DynamoDBv2.Model;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Makes one table what it should be.</summary>
internal sealed class TableSetup(ServiceCalls calls, TableInspection inspection, DynamoDbOptions options)
{
    /// <summary>True for what a store can live without: a permission or a feature that is missing.</summary>
    public static bool CanDoWithout(Crawl4Exception error) =>
        error.Code is Crawl4ErrorCode.StoreForbidden or Crawl4ErrorCode.StoreRejected;

    public async Task<DynamoDbTableState> RunAsync(
        TableDefinition definition, bool checksListing, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var found = await inspection.DescribeAsync(definition.Name, cancellationToken).ConfigureAwait(false);
        var created = false;
        var streams = definition.HasStream;
        if (found is null)
        {
            created = await CreateAsync(definition, notes, cancellationToken).ConfigureAwait(false);
            streams &= notes.Count == 0;
        }
        else if (!definition.HasKeyOf(found))
        {
            throw WrongKey(definition, found);
        }

        found = await inspection.WaitAsync(definition.Name, gone: false, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(definition, found!, streams, notes, cancellationToken).ConfigureAwait(false);
        await TurnOnTimeToLiveAsync(definition, notes, cancellationToken).ConfigureAwait(false);
        if (definition.HasListing && (created || checksListing))
        {
            await MarkAsync(definition, created, notes, cancellationToken).ConfigureAwait(false);
        }

        return await inspection.ShowAsync(definition, created, notes, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> RemoveAsync(TableDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            await calls.SendAsync("DeleteTable", definition.Name,
                (client, cancel) => client.DeleteTableAsync(definition.Name, cancel), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Crawl4Exception missing) when (missing.Code == Crawl4ErrorCode.TableMissing)
        {
            return false;
        }

        await inspection.WaitAsync(definition.Name, gone: true, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <returns>False where somebody else made it at the same moment.</returns>
    private async Task<bool> CreateAsync(
        TableDefinition definition, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(definition.Create(withStream: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception error) when (error.InnerException is ResourceInUseException)
        {
            return false;
        }
        catch (Crawl4Exception error) when (definition.HasStream && CanDoWithout(error))
        {
            // Perhaps it is the stream; if not, this fails with the same words.
            await CreateAsync(definition.Create(withStream: false), cancellationToken).ConfigureAwait(false);
            notes.Add(NoStream(error));
        }

        options.Events.Info(EventIds.StoreCreated, $"The DynamoDB table '{definition.Name}' was created.");
        return true;
    }

    private Task<CreateTableResponse> CreateAsync(CreateTableRequest request, CancellationToken cancellationToken) =>
        calls.SendAsync("CreateTable", request.TableName, (client, cancel) => client.CreateTableAsync(request, cancel),
            cancellationToken);

    private async Task CompleteAsync(
        TableDefinition definition, TableDescription found, bool streams, List<string> notes,
        CancellationToken cancellationToken)
    {
        if (definition.HasListing && !TableInspection.HasListing(found))
        {
            await UpdateAsync(definition.AddListing(), notes,
                "There is no listing index; listing reads the whole table.", cancellationToken).ConfigureAwait(false);
        }

        if (streams && !TableInspection.HasStream(found))
        {
            await UpdateAsync(definition.AddStream(), notes,
                "There is no stream; changes cannot be followed.", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UpdateAsync(
        UpdateTableRequest request, List<string> notes, string without, CancellationToken cancellationToken)
    {
        try
        {
            await calls.SendAsync("UpdateTable", request.TableName,
                (client, cancel) => client.UpdateTableAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            await inspection.WaitAsync(request.TableName, gone: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception error) when (CanDoWithout(error))
        {
            notes.Add($"{without} {error.Message}");
        }
    }

    private async Task TurnOnTimeToLiveAsync(
        TableDefinition definition, List<string> notes, CancellationToken cancellationToken)
    {
        const string Without = "What is past its time is not given out, but stays in the table and is paid for.";
        try
        {
            var attribute = await inspection.TimeToLiveAsync(definition.Name, cancellationToken).ConfigureAwait(false);
            if (attribute is not null)
            {
                if (attribute != ItemNames.TimeToLive)
                {
                    notes.Add($"TTL goes by the attribute '{attribute}', not '{ItemNames.TimeToLive}'. {Without}");
                }

                return;
            }

            var request = new UpdateTimeToLiveRequest
            {
                TableName = definition.Name,
                TimeToLiveSpecification = new() { AttributeName = ItemNames.TimeToLive, Enabled = true },
            };
            await calls.SendAsync("UpdateTimeToLive", definition.Name,
                (client, cancel) => client.UpdateTimeToLiveAsync(request, cancel), cancellationToken).ConfigureAwait(false);
        }
        catch (Crawl4Exception error) when (CanDoWithout(error))
        {
            notes.Add($"TTL is not on. {Without} {error.Message}");
        }
    }

    /// <summary>A table that was empty with its index has every entry in it; of any other it has to be found out.</summary>
    private async Task MarkAsync(
        TableDefinition definition, bool created, List<string> notes, CancellationToken cancellationToken)
    {
        var check = new ListingCheck(calls, definition);
        if (created)
        {
            await check.MarkAsync(isComplete: true, cancellationToken).ConfigureAwait(false);
        }
        else if (await inspection.DescribeAsync(definition.Name, cancellationToken).ConfigureAwait(false) is { } table
            && await check.RunAsync(table, cancellationToken).ConfigureAwait(false) is { } why)
        {
            notes.Add(why);
        }
    }

    private static string NoStream(Crawl4Exception error) =>
        "There is no stream; changes cannot be followed. " + error.Message;

    private static Crawl4Exception WrongKey(TableDefinition definition, TableDescription found) => new(new Crawl4Error(
        Crawl4ErrorCode.OptionInvalid,
        $"The table '{definition.Name}' has the key {Words((found.KeySchema ?? []).Select(key => key.AttributeName))}, not "
        + $"{Words(definition.Key.Select(key => key.Name))}.", definition.Name)
    { Advice = "Name another table; this one belongs to something else." });

    private static string Words(IEnumerable<string> names) => "(" + string.Join(", ", names) + ")";
}
