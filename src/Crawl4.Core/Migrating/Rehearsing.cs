using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Migrating;

/// <summary>Rehearses a migration to DynamoDB: reads and packs what would be copied, and writes nothing.</summary>
public sealed class Rehearsing
{
    /// <summary>So many entries are packed unless more are asked for: a minute's work.</summary>
    public const int DefaultSampleSize = 10_000;

    /// <summary>What a new on-demand table takes at once:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html.</summary>
    public const double NewTableUnitsPerSecond = 4000;

    private readonly CacheStores _stores;
    private readonly MigrationOptions _options;

    /// <summary>A rehearsal over the stores of a cache.</summary>
    /// <param name="stores">They stay the caller's.</param>
    /// <param name="options">How the migration would work.</param>
    public Rehearsing(CacheStores stores, MigrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(options);
        _stores = stores;
        _options = options;
    }

    /// <summary>Rehearses.</summary>
    /// <param name="request">What would be migrated.</param>
    /// <param name="sampleSize">How many entries are read and packed at most, spread evenly over all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The cache cannot be read, or DynamoDB does not answer.</exception>
    public async Task<MigrationRehearsal> RunAsync(
        MigrationRequest request, int sampleSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleSize);
        request.Limits.Check();
        using var tables = new DynamoDbTables(_stores.DynamoDbOptions);
        var permissions = await tables.ProbeAsync(cancellationToken).ConfigureAwait(false);
        var state = await _stores.StateAsync(cancellationToken).ConfigureAwait(false);
        var status = await _stores.Sqlite.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        var inspection = await _stores.Sqlite.InspectAsync(cancellationToken).ConfigureAwait(false);
        var sample = new RehearsedSample(_stores.DynamoDbOptions, request.Limits.Packing, _options.TimeProvider);
        await ReadAsync(
            sample, request, Math.Max(1, status.EntryCount / sampleSize), permissions.All(one => one.IsAllowed),
            cancellationToken).ConfigureAwait(false);
        var units = request.Limits.MaxWriteUnits ?? NewTableUnitsPerSecond;
        return sample.Report(_options.Prices) with
        {
            Source = _stores.Folder.DatabasePath,
            Target = _stores.DynamoDbOptions.ToString(),
            Stage = state.Summary,
            KeylessRows = inspection.KeylessRows,
            OrphanedFiles = inspection.OrphanedFiles,
            OrphanedBytes = inspection.OrphanedBytes,
            IntegrityErrors = inspection.IntegrityErrors,
            DatabaseBytes = status.DatabaseBytes,
            FreeBytes = FreeBytes(),
            Permissions = permissions,
            UnitsPerSecond = units,
            Duration = TimeSpan.FromSeconds(sample.ScaledUnits / units),
            Problems = [.. Problems(state, permissions, inspection.IntegrityErrors)],
        };
    }

    private static IEnumerable<string> Problems(
        RolloutState state, IReadOnlyList<DynamoDbPermission> permissions, IReadOnlyList<string> integrityErrors)
    {
        if (state.Stage == RolloutStage.DynamoDbOnly)
        {
            yield return "DynamoDB alone holds this cache: what SQLite has is old.";
        }

        if (state.Force == RolloutStore.Sqlite)
        {
            yield return "SQLite is forced, so DynamoDB may not be called.";
        }

        foreach (var refused in permissions.Where(one => !one.IsAllowed))
        {
            yield return refused.Message;
        }

        foreach (var error in integrityErrors)
        {
            yield return $"SQLite's integrity check says: {error}";
        }
    }

    private async Task ReadAsync(
        RehearsedSample sample, MigrationRequest request, long stride, bool knowsTarget, CancellationToken cancellationToken)
    {
        var query = new CacheQuery { UrlPrefix = UrlPattern.CommonPrefix(request.Urls) };
        var target = knowsTarget && await _stores.DynamoDb.ListsCheaplyAsync(cancellationToken).ConfigureAwait(false)
            ? _stores.DynamoDb.ListVersionsAsync(query, cancellationToken) : null;
        var source = SourceEntries.OfAsync(_stores.Sqlite.ListAsync(query, cancellationToken), cancellationToken);
        await foreach (var entry in SourceEntries.MergeAsync(source, target, cancellationToken).ConfigureAwait(false))
        {
            if (request.Urls.Count > 0 && !request.Urls.Any(pattern => pattern.Matches(entry.Source.Url)))
            {
                continue;
            }

            if (sample.Add(entry) % stride == 0)
            {
                await PackAsync(sample, entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task PackAsync(RehearsedSample sample, SourceEntry entry, CancellationToken cancellationToken)
    {
        var url = entry.Source.Url;
        if (url.Length == 0 || url.Contains('\0', StringComparison.Ordinal))
        {
            sample.Damage(url, new Crawl4Error(
                Crawl4ErrorCode.UrlInvalid, "The key is empty or holds a NUL character.", url));
            return;
        }

        try
        {
            if (await _stores.Sqlite.GetAsync(url, cancellationToken).ConfigureAwait(false) is { } found)
            {
                sample.Pack(found, entry.Foregone is null);
            }
            else
            {
                sample.Damage(url, new Crawl4Error(
                    Crawl4ErrorCode.UrlInvalid, "The key cannot be looked up: it is not valid UTF-8.", url));
            }
        }
        catch (Crawl4Exception error) when (error.Code is Crawl4ErrorCode.EntryDamaged or Crawl4ErrorCode.StoreCorrupt)
        {
            sample.Damage(url, error.Error);
        }
    }

    /// <summary>Zero where nobody can say, such as on some network drives.</summary>
    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(_stores.Folder.Path).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }
}
