using Crawl4.Core.Storing;
using Crawl4.Core.Tests.Storing.Hybrid;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A ledger as the contract says it is: every operation is one transaction. One object is one file; each process
/// has its own <see cref="Connection"/>.</summary>
internal sealed class SimulatedLedger(Simulation simulation)
{
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private MigrationLease? _lease;

    public IMigrationLedger Open(int owner) => new Connection(this, simulation, owner);

    private MigrationLease? Take(LeaseHolder holder, MigrationLease? seen, DateTimeOffset now)
    {
        if (_lease != seen)
        {
            return null;
        }

        return _lease = new MigrationLease((seen?.Token ?? 0) + 1, holder, now, now, 0, IsFree: false);
    }

    private bool Save(MigrationSave save)
    {
        if (_lease is null || _lease.IsFree || _lease.Token != save.Lease.Token)
        {
            throw new Crawl4Exception(Crawl4ErrorCode.MigrationHeld, "Lost.", "ledger");
        }

        _lease = _lease with { SeenAt = save.SavedAt, Beats = _lease.Beats + 1, IsFree = save.Releases };
        _documents[save.Name] = save.Document;
        return true;
    }

    private sealed class Connection(SimulatedLedger file, Simulation simulation, int owner) : IMigrationLedger
    {
        public Task<MigrationLease?> GetLeaseAsync(CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file._lease, cancellationToken);

        public Task<MigrationLease?> TryTakeAsync(
            LeaseHolder holder, MigrationLease? seen, DateTimeOffset now, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Take(holder, seen, now), cancellationToken);

        public Task SaveAsync(MigrationSave save, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file.Save(save), cancellationToken);

        public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file._documents.GetValueOrDefault(name), cancellationToken);

        public Task WriteAsync(string name, string document, CancellationToken cancellationToken) =>
            simulation.Later(owner, () => file._documents[name] = document, cancellationToken);

        public Task<bool> IsFollowedAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public IAsyncEnumerable<QuarantinedEntry> ListQuarantineAsync(string name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
