namespace Crawl4.Core.Rollout;

/// <summary>A place where the rollout's state is kept: the file beside the SQLite database, the control item in
/// DynamoDB.</summary>
public interface IRolloutDocument
{
    /// <summary>What the place is, for errors and logs.</summary>
    string Description { get; }

    /// <summary>The state, or null where there is none yet.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The place cannot be read.</exception>
    Task<RolloutState?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts a state in place of the one with another revision.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="expectedRevision">The revision that must be there, 0 where there must be none.</param>
    /// <param name="cancellationToken">Stops it before anything is written.</param>
    /// <returns>False where another revision is there.</returns>
    /// <exception cref="Crawl4Exception">The place cannot be written.</exception>
    Task<bool> TryReplaceAsync(RolloutState state, long expectedRevision, CancellationToken cancellationToken);
}
