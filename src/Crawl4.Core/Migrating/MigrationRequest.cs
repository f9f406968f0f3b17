using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>What to migrate, and how.</summary>
public sealed record MigrationRequest
{
    /// <summary>Which way.</summary>
    public MigrationDirection Direction { get; init; }

    /// <summary>Which URLs; an empty list for all.</summary>
    public IReadOnlyList<UrlPattern> Urls { get; init; } = [];

    /// <summary>How fast.</summary>
    public MigrationLimits Limits { get; init; } = new();

    /// <summary>True to end at the first entry that cannot be copied. Otherwise such entries are put on a list, and the
    /// rest goes on.</summary>
    public bool StopsAtDamage { get; init; }

    /// <summary>Who runs it.</summary>
    public required LeaseHolder Holder { get; init; }
}
