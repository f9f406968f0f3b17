using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

public sealed class SqliteCacheStoreContractTests : CacheStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override ValueTask<ICacheStore> OpenAsync() => new(new SqliteCacheStore(new SqliteStoreOptions
    {
        Folder = CacheFolder.Resolve(_folder.Path, _ => null),
    }));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The same contract over a table as Crawl4AI 0.2 left it, where content is inline and most columns
/// are missing.</summary>
public sealed class SqliteInlineContractTests : CacheStoreContract
{
    private readonly CacheOnDisk _cache = new();

    public override async Task InitializeAsync()
    {
        _cache.Create(OldTables.Version02);
        await base.InitializeAsync();
    }

    protected override ValueTask<ICacheStore> OpenAsync() => new(_cache.Open());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _cache.Dispose();
    }
}

/// <summary>The same contract while every write leaves a line in the outbox.</summary>
public sealed class SqliteOutboxContractTests : CacheStoreContract
{
    private readonly CacheOnDisk _cache = new();

    protected override async ValueTask<ICacheStore> OpenAsync()
    {
        var store = _cache.Open();
        await store.Outbox.InstallAsync(default);
        return store;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _cache.Dispose();
    }
}
