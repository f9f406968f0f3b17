namespace Crawl4.Core.Storing;

/// <summary>Who runs a migration.</summary>
/// <param name="User">The user.</param>
/// <param name="Machine">The machine.</param>
/// <param name="ProcessId">The process.</param>
public sealed record LeaseHolder(string User, string Machine, int ProcessId)
{
    /// <summary>For users: user, machine and process.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{User}@{Machine}, process {ProcessId}");
}

/// <summary>The right to run a migration, which one process has at a time.</summary>
/// <param name="Token">Grows with every holder. What an earlier one writes is refused.</param>
/// <param name="Holder">Who has it, or had it last.</param>
/// <param name="Since">When it was taken.</param>
/// <param name="SeenAt">The holder's last sign of life.</param>
/// <param name="Beats">Grows with every sign of life.</param>
/// <param name="IsFree">True where the holder has given it back.</param>
public sealed record MigrationLease(
    long Token, LeaseHolder Holder, DateTimeOffset Since, DateTimeOffset SeenAt, long Beats, bool IsFree);

/// <summary>What a holder writes down at once.</summary>
/// <param name="Lease">Its lease.</param>
/// <param name="Name">The name of the document.</param>
/// <param name="Document">How far it is.</param>
/// <param name="SavedAt">The time.</param>
public sealed record MigrationSave(MigrationLease Lease, string Name, string Document, DateTimeOffset SavedAt)
{
    /// <summary>What could not be copied.</summary>
    public IReadOnlyList<QuarantinedEntry> Quarantine { get; init; } = [];

    /// <summary>True to forget what could not be copied before.</summary>
    public bool ClearsQuarantine { get; init; }

    /// <summary>True to begin to watch that the outbox stays: see
    /// <see cref="IMigrationLedger.IsFollowedAsync"/>.</summary>
    public bool Follows { get; init; }

    /// <summary>True to give the lease back.</summary>
    public bool Releases { get; init; }
}

/// <summary>An entry that a migration could not copy.</summary>
/// <param name="Url">The key.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="SeenAt">When it was found.</param>
public sealed record QuarantinedEntry(string Url, Crawl4ErrorCode Code, string Reason, DateTimeOffset SeenAt)
{
    /// <summary>The URL.</summary>
    public override string ToString() => Url;
}
