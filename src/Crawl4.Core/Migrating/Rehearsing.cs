using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Migrating;

/// <summary>Rehearses a migration: reads and packs what would be copied, and writes nothing, anywhere.</summary>
public sealed class Rehearsing
{
    /// <summary>So many entries are packed unless more are asked for: a minute's work.</summary>
    public const int DefaultSampleSize = 10_000;

    /// <summary>What a new on-demand table takes at once:
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html.</summary>
    public const double NewTableUnitsPerSecond = 4000;

    /// <summary>What a new on-demand table gives at once: the same page.</summary>
    public const double NewTableReadUnitsPerSecond = 12_000;

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
        using var unlogged = _stores.WithoutLogs();
        using var tables = new DynamoDbTables(_stores.DynamoDbOptions);
        var permissions = await tables.ProbeAsync(cancellationToken).ConfigureAwait(false);
        var state = await _stores.PeekStateAsync(cancellationToken).ConfigureAwait(false);
        var stores = MigrationStores.Of(_stores, by: "");
        var last = await new Migration(stores, _options).GetAsync(cancellationToken).ConfigureAwait(false);
        var status = await _stores.Sqlite.GetStatusAsync(cancellationToken).ConfigureAwait(false);
        var inspection = await _stores.Sqlite.InspectAsync(cancellationToken).ConfigureAwait(false);
        var sample = new RehearsedSample(
            request.Direction, _stores.DynamoDbOptions, request.Limits.Packing, _options.TimeProvider);
        var copy = EntryCopy.To(request.Direction, stores);
        var canRead = permissions.All(one => one.IsAllowed || one.Action == RehearsedProblems.PutItem);
        if (canRead || request.Direction == MigrationDirection.ToDynamoDb)
        {
            var count = await copy.CountAsync(cancellationToken).ConfigureAwait(false);
            var listed = await ListAsync(copy, request, canRead, cancellationToken).ConfigureAwait(false);
            Func<string, CancellationToken, Task<CacheEntry?>> read = request.Direction == MigrationDirection.ToDynamoDb
                ? _stores.Sqlite.GetAsync : _stores.Deferred.GetAsync;
            await ReadAsync(sample, request, read, listed, Math.Max(1, count / sampleSize), cancellationToken)
                .ConfigureAwait(false);
        }

        var units = request.Direction == MigrationDirection.ToSqlite ? NewTableReadUnitsPerSecond
            : request.Limits.MaxWriteUnits ?? NewTableUnitsPerSecond;
        var (sqlite, dynamoDb) = (_stores.Folder.DatabasePath, _stores.DynamoDbOptions.ToString());
        var rehearsal = sample.Report(_options.Prices) with
        {
            Source = request.Direction == MigrationDirection.ToDynamoDb ? sqlite : dynamoDb,
            Target = request.Direction == MigrationDirection.ToDynamoDb ? dynamoDb : sqlite,
            Stage = state.Summary,
            StageAfter = RehearsedProblems.StageAfter(request, state),
            KeylessRows = inspection.KeylessRows,
            OrphanedFiles = inspection.OrphanedFiles,
            OrphanedBytes = inspection.OrphanedBytes,
            IntegrityErrors = inspection.IntegrityErrors,
            DatabaseBytes = status.DatabaseBytes,
            FreeBytes = FreeBytes(_stores.Folder.Path),
            Permissions = permissions,
            UnitsPerSecond = units,
            Duration = TimeSpan.FromSeconds(sample.ScaledUnits / units),
        };
        return rehearsal with { Problems = [.. RehearsedProblems.Of(rehearsal, state, last)] };
    }

    /// <summary>What there is to copy, with what the target has beside it, where that can be asked.</summary>
    private async Task<IAsyncEnumerable<SourceEntry>> ListAsync(
        EntryCopy copy, MigrationRequest request, bool canRead, CancellationToken cancellationToken)
    {
        var query = new CacheQuery { UrlPrefix = UrlPattern.CommonPrefix(request.Urls) };
        return canRead ? await copy.ListAsync(query, cancellationToken).ConfigureAwait(false)
            : SourceEntries.MergeAsync(
                SourceEntries.OfAsync(_stores.Sqlite.ListAsync(query, cancellationToken), cancellationToken), target: null,
                cancellationToken);
    }

    private static async Task ReadAsync(
        RehearsedSample sample, MigrationRequest request, Func<string, CancellationToken, Task<CacheEntry?>> read,
        IAsyncEnumerable<SourceEntry> listed, long stride, CancellationToken cancellationToken)
    {
        await foreach (var entry in listed.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (request.Urls.Count > 0 && !request.Urls.Any(pattern => pattern.Matches(entry.Source.Url)))
            {
                continue;
            }

            if (entry.Source.IsDeleted)
            {
                if (entry is { Foregone: null, Target.IsDeleted: false })
                {
                    sample.AddDeletion();
                }
            }
            else if (sample.Add(entry) % stride == 0)
            {
                await PackAsync(sample, read, entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task PackAsync(
        RehearsedSample sample, Func<string, CancellationToken, Task<CacheEntry?>> read, SourceEntry entry,
        CancellationToken cancellationToken)
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
            if (await read(url, cancellationToken).ConfigureAwait(false) is { } found)
            {
                sample.Pack(found, entry.Foregone is null);
            }
            else if (url.Contains('\uFFFD', StringComparison.Ordinal))
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
    private static long FreeBytes(string path)
    {
        try
        {
            // On the way back the folder may not be there yet.
            while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { Length: > 0 } above)
            {
                path = above;
            }

            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }
}
