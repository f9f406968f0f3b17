using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>The control item of a store that is made when it is first used.</summary>
internal sealed class DeferredDocument(DeferredDynamoDb store) : IRolloutDocument
{
    public string Description => $"the control item of {store.Description}";

    public Task<RolloutState?> ReadAsync(CancellationToken cancellationToken) =>
        store.Store.RolloutDocument.ReadAsync(cancellationToken);

    public Task<bool> TryReplaceAsync(
        RolloutState state, long expectedRevision, CancellationToken cancellationToken) =>
        store.Store.RolloutDocument.TryReplaceAsync(state, expectedRevision, cancellationToken);
}
