using Crawl4.Core.Settings;
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

    /// <summary>Refuses to begin where there is nothing to migrate: a folder that was mistyped is not a cache that is
    /// moved.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where entries would be copied from
    /// a SQLite cache that is not there.</exception>
    public void Check(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (Direction == MigrationDirection.ToDynamoDb && !File.Exists(folder.DatabasePath))
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"There is no cache to migrate: '{folder.DatabasePath}' is not there.",
                folder.DatabasePath)
            { Advice = "Find caches with Find-Crawl4Cache or 'crawl4 cache find', and name the base directory." }.ToException();
        }
    }

    /// <summary>Who runs it.</summary>
    public required LeaseHolder Holder { get; init; }
}
