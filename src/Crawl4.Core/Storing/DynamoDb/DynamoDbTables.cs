using Amazon.DynamoDBv2;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Makes, shows and removes the tables that a DynamoDB store needs: billed by request, with TTL, and for
/// entries the listing index and a stream of new and old images.</summary>
public sealed class DynamoDbTables : IDisposable
{
    private readonly DynamoDbOptions _options;
    private readonly ServiceCalls _calls;
    private readonly TableInspection _inspection;
    private readonly TableSetup _setup;
    private readonly IReadOnlyList<TableDefinition> _definitions;

    /// <summary>The tables that the options name. Nothing is sent yet.</summary>
    /// <param name="options">Where, and under which names.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option is not
    /// allowed, or no region is known.</exception>
    public DynamoDbTables(DynamoDbOptions options)
        : this(options, ServiceClient.Make)
    {
    }

    internal DynamoDbTables(DynamoDbOptions options, Func<DynamoDbOptions, IAmazonDynamoDB> client)
    {
        OptionsCheck.Check(options);
        _options = options;
        _definitions = TableDefinition.All(options);
        _calls = new ServiceCalls(client(options), options);
        _inspection = new TableInspection(_calls, options);
        _setup = new TableSetup(_calls, _inspection, options);
    }

    /// <summary>The names of the tables, that of entries first.</summary>
    public IReadOnlyList<string> Names => [.. _definitions.Select(definition => definition.Name)];

    /// <summary>Makes what is missing and leaves what is there; repeating it changes nothing. Waits until the tables
    /// can be used. What may not be done (a missing permission) or cannot (an emulator) is said in the notes, and
    /// the rest is done, wherever a store can work without it.</summary>
    /// <param name="cancellationToken">Stops it; what was made stays.</param>
    /// <returns>The tables as they are now.</returns>
    /// <exception cref="Crawl4Exception">A table cannot be made, or has another key:
    /// <see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public async Task<IReadOnlyList<DynamoDbTableState>> InitialiseAsync(CancellationToken cancellationToken)
    {
        // AWS lets up to 500 be made at once, and each takes seconds.
        return await Task.WhenAll(_definitions.Select(definition => _setup.RunAsync(
            definition, checksListing: false, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>The same for one of the tables.</summary>
    /// <param name="table">Its name, one of <see cref="Names"/>.</param>
    /// <param name="cancellationToken">Stops it; what was made stays.</param>
    /// <returns>The table as it is now.</returns>
    /// <exception cref="Crawl4Exception">The table cannot be made, or has another key.</exception>
    public Task<DynamoDbTableState> InitialiseAsync(string table, CancellationToken cancellationToken) =>
        InitialiseAsync(table, checksListing: false, cancellationToken);

    /// <summary>The same for one of the tables, with a look at its listing index.</summary>
    /// <param name="table">Its name, one of <see cref="Names"/>.</param>
    /// <param name="checksListing">Reads all of the table of entries once to see whether the listing index has every
    /// entry, and marks the table accordingly: one that DynamoDB has made of an export is listed from the index from then
    /// on, which costs a small part. Costs what reading the whole table strongly costs. No other program may write to
    /// the table meanwhile. Other tables have no index, and are left alone.</param>
    /// <param name="cancellationToken">Stops it; what was made stays.</param>
    /// <returns>The table as it is now; where its index lacks entries, a note says so.</returns>
    /// <exception cref="Crawl4Exception">The table cannot be made, has another key, or cannot be read.</exception>
    public Task<DynamoDbTableState> InitialiseAsync(
        string table, bool checksListing, CancellationToken cancellationToken) =>
        _setup.RunAsync(Find(table), checksListing, cancellationToken);

    /// <summary>What is there. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<DynamoDbTableState>> ShowAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_definitions.Select(definition => _inspection.ShowAsync(
            definition, wasCreated: false, [], cancellationToken))).ConfigureAwait(false);

    /// <summary>What may be done with the tables of entries, tried out in ways that change nothing. A table that is
    /// missing allows nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">DynamoDB does not answer.</exception>
    public Task<IReadOnlyList<DynamoDbPermission>> ProbeAsync(CancellationToken cancellationToken) =>
        new PermissionProbe(_calls, _options).RunAsync(cancellationToken);

    /// <summary>Removes the tables with all that is in them, and waits until they are gone.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The names of those that were there.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        foreach (var definition in _definitions)
        {
            if (await _setup.RemoveAsync(definition, cancellationToken).ConfigureAwait(false))
            {
                removed.Add(definition.Name);
            }
        }

        return removed;
    }

    /// <summary>Removes one of the tables with all that is in it, and waits until it is gone.</summary>
    /// <param name="table">Its name, one of <see cref="Names"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where it was not there.</returns>
    public Task<bool> RemoveAsync(string table, CancellationToken cancellationToken) =>
        _setup.RemoveAsync(Find(table), cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _calls.Dispose();

    private TableDefinition Find(string table) =>
        _definitions.FirstOrDefault(definition => definition.Name == table)
        ?? throw new ArgumentException($"'{table}' is none of {string.Join(", ", Names)}.", nameof(table));
}
