using Crawl4.Core.Rollout;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.Hybrid;

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridSqliteOnlyContractTests() : HybridContract(new RolloutChange { Stage = RolloutStage.SqliteOnly });

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridDualWriteContractTests() : HybridContract(new RolloutChange { Stage = RolloutStage.DualWrite });

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridHalfContractTests() : HybridContract(Percent(50));

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridAllContractTests() : HybridContract(Percent(100));

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridForcedSqliteContractTests() : HybridContract(Percent(50) with { Force = RolloutStore.Sqlite });

[StoreNeeds(Requirement.Dynalite)]
public sealed class HybridDynamoDbOnlyContractTests() : HybridContract(new RolloutChange { Stage = RolloutStage.DynamoDbOnly });

/// <summary>The contract of every store, over both stores at once.</summary>
public abstract class HybridContract(RolloutChange change) : CacheStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<CacheStores> _opened = [];
    private TestTables? _tables;

    private protected static RolloutChange Percent(int percent) =>
        new() { Percentage = RolloutPercentage.From(percent, "test") };

    public override async Task InitializeAsync()
    {
        _tables = await TestTables.NewAsync();
        await base.InitializeAsync();
        await _opened[0].Control.ChangeAsync(change, (_, _) => Task.CompletedTask, null, None);
    }

    public override async Task DisposeAsync()
    {
        foreach (var stores in _opened)
        {
            await stores.DisposeAsync();
        }

        await _tables!.DisposeAsync();
        _folder.Dispose();
    }

    protected override ValueTask<ICacheStore> OpenAsync()
    {
        var stores = new CacheStores(new CacheStoresOptions
        {
            Folder = CacheFolder.Resolve(_folder.Path, _ => null),
            DynamoDb = _tables!.Options,
            // The contract is about what is answered, not how fast: this machine may be busy.
            Hybrid = new HybridOptions { ReadDeadline = TimeSpan.FromSeconds(30) },
            Environment = _ => null,
        });
        _opened.Add(stores);
        return new(stores.Store);
    }
}
