namespace Crawl4.Core.Migrating;

/// <summary>What a migration is doing.</summary>
public enum MigrationState
{
    /// <summary>There never was one.</summary>
    None,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It was stopped on its way; starting it again goes on from the checkpoint.</summary>
    Paused,

    /// <summary>Everything was gone through.</summary>
    Completed,

    /// <summary>It could not go on; starting it again goes on from the checkpoint.</summary>
    Failed,

    /// <summary>It was stopped for good; starting again begins anew.</summary>
    Cancelled,
}

/// <summary>What a migration that runs is at.</summary>
public enum MigrationPhase
{
    /// <summary>Entries are copied.</summary>
    Copying,

    /// <summary>What was written meanwhile is delivered.</summary>
    Draining,

    /// <summary>Nothing is left to do.</summary>
    Ended,
}
