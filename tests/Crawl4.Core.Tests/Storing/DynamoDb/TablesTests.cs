using Amazon.DynamoDBv2;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>Making, showing and removing tables.</summary>
public sealed class TablesTests
{
    private static CancellationToken None => CancellationToken.None;

    [RequiresFact(Requirement.Dynalite)]
    public async Task Initialise_NothingThere_MakesTablesAndSaysWhatIsMissing()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        using var initialiser = new DynamoDbTables(tables.Options);
        Assert.All(await initialiser.ShowAsync(None), table => Assert.False(table.Exists));
        var made = await initialiser.InitialiseAsync(None);
        Assert.Equal([tables.Options.ResultsTable, tables.Options.ContentTable, tables.Options.SessionsTable],
            made.Select(table => table.Name));
        Assert.All(made, table => Assert.Equal((true, true, "ACTIVE"), (table.Exists, table.WasCreated, table.Status)));
        Assert.Equal([true, false, false], made.Select(table => table.HasListingIndex));
        Assert.Equal(["url", "content_id, part", "session_id"], made.Select(table => table.Key));
        Assert.Equal(["entries", "content", "sessions"], made.Select(table => table.Holds));
        Assert.All(made, table => Assert.Equal("PAY_PER_REQUEST", table.BillingMode));
        // The emulator has no TTL.
        Assert.All(made, table => Assert.Contains(table.Notes, note => note.Contains("TTL", StringComparison.Ordinal)));
        Assert.All(made, table => Assert.DoesNotContain(table.Notes, note => note.Contains("HTTP Body", StringComparison.Ordinal)));
        var described = (await tables.Client.DescribeTableAsync(tables.Options.ResultsTable)).Table;
        Assert.Equal(BillingMode.PAY_PER_REQUEST, described.BillingModeSummary.BillingMode);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Initialise_Again_ChangesNothing()
    {
        await using var tables = await TestTables.NewAsync();
        await using (var store = tables.Open())
        {
            await store.PutAsync(new CacheEntry { Url = "https://example.com/" }, None);
        }

        using var initialiser = new DynamoDbTables(tables.Options);
        Assert.All(await initialiser.InitialiseAsync(None), table => Assert.False(table.WasCreated));
        await using var after = tables.Open();
        Assert.Equal(1, await after.CountAsync(CacheQuery.All, None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Initialise_TableOfAnotherKind_IsRefused()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        await tables.CreatePlainAsync(tables.Options.ResultsTable, ("id", ScalarAttributeType.S));
        using var initialiser = new DynamoDbTables(tables.Options);
        var refused = await Assert.ThrowsAsync<Crawl4Exception>(() => initialiser.InitialiseAsync(None));
        Assert.Equal(Crawl4ErrorCode.OptionInvalid, refused.Code);
        Assert.Contains("(id)", refused.Message, StringComparison.Ordinal);
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Initialise_TableOfAnotherProgram_IsCompletedAsFarAsCanBe()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        await tables.CreatePlainAsync(tables.Options.ResultsTable, ("url", ScalarAttributeType.S));
        using var initialiser = new DynamoDbTables(tables.Options);
        var results = (await initialiser.InitialiseAsync(None))[0];
        Assert.False(results.WasCreated);
        // The emulator adds no index to a table billed by request; the store works without.
        Assert.True(results.HasListingIndex || results.Notes.Any(note => note.Contains("listing index", StringComparison.Ordinal)));
        await using var store = tables.Open();
        await store.PutAsync(new CacheEntry { Url = "https://example.com/" }, None);
        Assert.Equal(1, await store.CountAsync(CacheQuery.All, None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Remove_TablesThere_RemovesThemAndSaysWhich()
    {
        await using var tables = await TestTables.NewAsync();
        using var initialiser = new DynamoDbTables(tables.Options);
        Assert.Equal(3, (await initialiser.RemoveAsync(None)).Count);
        Assert.Empty(await initialiser.RemoveAsync(None));
    }

    [RequiresFact(Requirement.Dynalite)]
    public async Task Store_WithoutTables_SaysToMakeThem()
    {
        await using var tables = await TestTables.NewAsync(create: false);
        await using var store = tables.Open();
        var missing = await Assert.ThrowsAsync<Crawl4Exception>(() => store.GetAsync("https://example.com/", None));
        Assert.Equal((Crawl4ErrorCode.TableMissing, false), (missing.Code, missing.IsTransient));
        Assert.Contains(tables.Options.ResultsTable, missing.Message, StringComparison.Ordinal);
    }
}
