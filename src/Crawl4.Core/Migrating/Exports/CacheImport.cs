using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>Imports what <see cref="CacheExport"/> has exported: never over anything newer, so it can be repeated. Memory
/// does not grow with the export.</summary>
public sealed class CacheImport
{
    /// <summary>So many entries are put at once: their files share flushes, and more gain little.</summary>
    private const int BatchEntries = 64;

    /// <summary>So many bytes of lines are held at once; an entry that is larger is held alone.</summary>
    private const long BatchBytes = 8 * 1024 * 1024;

    private readonly ICacheStore _store;
    private readonly TimeProvider _time;
    private readonly ExportFolder _folder;

    /// <summary>An import of a folder. Its manifest is read at once.</summary>
    /// <param name="store">Where entries go. It stays the caller's.</param>
    /// <param name="path">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ExportInvalid"/> where the folder has no manifest, or
    /// one that this version does not know.</exception>
    public CacheImport(ICacheStore store, string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _time) = (store, time);
        (_folder, Manifest) = ExportFolder.Open(path);
    }

    /// <summary>What the folder says of itself.</summary>
    public ExportManifest Manifest { get; }

    /// <summary>Compares every file with its checksum. Changes nothing.</summary>
    /// <param name="progress">Told how far it is after each file, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ExportInvalid"/>, naming the file that is missing or
    /// not what was written.</exception>
    public async Task CheckAsync(IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var checkedBytes = 0L;
        foreach (var part in Manifest.Parts)
        {
            try
            {
                var (bytes, sha256) = await _folder.SumAsync(part.Name, cancellationToken).ConfigureAwait(false);
                if (bytes != part.FileBytes || sha256 != part.Sha256)
                {
                    throw PartReader.Wrong(part, "its size or its checksum differs from the manifest's", null);
                }
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw PartReader.Wrong(part, "it is missing", error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ExportFolder.Failure(_folder.Path, error);
            }

            checkedBytes += part.FileBytes;
            progress?.Report(new ExportProgress(IsChecking: true, 0, Manifest.Entries, checkedBytes));
        }
    }

    /// <summary>Checks every file, then imports every entry.</summary>
    /// <param name="refused">Told of each entry that cannot be stored. The rest goes on.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it. What is stored stays, and the same import again does the rest.</param>
    /// <exception cref="Crawl4Exception">As of <see cref="CheckAsync"/>, with nothing stored; or the store
    /// fails.</exception>
    public async Task<ImportReport> RunAsync(
        Func<QuarantinedEntry, ValueTask> refused, IProgress<ExportProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var started = _time.GetTimestamp();
        await CheckAsync(progress, cancellationToken).ConfigureAwait(false);
        var report = new ImportReport
        {
            Path = _folder.Path, Cache = _store.Description, Entries = Manifest.Entries, LeftOut = Manifest.Damaged,
        };
        var reader = new PartReader(_folder);
        var batch = new List<CacheEntry>();
        var bytes = 0L;
        await foreach (var one in new ExportedEntries(reader, Manifest).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (one.Entry is not { } entry)
            {
                report = await RefuseAsync(report, refused, one.Name, Crawl4ErrorCode.EntryDamaged, one.Reason)
                    .ConfigureAwait(false);
                continue;
            }

            batch.Add(EntryCopy.AsFound(entry));
            bytes += one.Bytes;
            if (batch.Count >= BatchEntries || bytes >= BatchBytes)
            {
                report = await PutAsync(report, batch, refused, cancellationToken).ConfigureAwait(false);
                progress?.Report(Progress(report, reader));
                (batch, bytes) = ([], 0);
            }
        }

        report = await PutAsync(report, batch, refused, cancellationToken).ConfigureAwait(false);
        progress?.Report(Progress(report, reader));
        return report with { Duration = _time.GetElapsedTime(started) };
    }

    private static ExportProgress Progress(ImportReport report, PartReader reader) => new(
        IsChecking: false, report.Stored + report.Unchanged + report.Superseded + report.Refused, report.Entries,
        reader.Bytes);

    private async Task<ImportReport> PutAsync(
        ImportReport report, List<CacheEntry> batch, Func<QuarantinedEntry, ValueTask> refused,
        CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return report;
        }

        try
        {
            var results = await _store.PutManyAsync(batch, cancellationToken).ConfigureAwait(false);
            return results.Aggregate(report, (sum, result) => Count(sum, result.Outcome));
        }
        catch (Exception error) when (IsOfEntry(error))
        {
            // One of them: each by itself says which.
        }

        foreach (var entry in batch)
        {
            try
            {
                var result = await _store.PutAsync(entry, cancellationToken).ConfigureAwait(false);
                report = Count(report, result.Outcome);
            }
            catch (Exception error) when (IsOfEntry(error))
            {
                var code = error is Crawl4Exception known ? known.Code : Crawl4ErrorCode.UrlInvalid;
                report = await RefuseAsync(report, refused, entry.Url, code, error.Message).ConfigureAwait(false);
            }
        }

        return report;
    }

    private static ImportReport Count(ImportReport report, CachePutOutcome outcome) => outcome switch
    {
        CachePutOutcome.Stored => report with { Stored = report.Stored + 1 },
        CachePutOutcome.Unchanged => report with { Unchanged = report.Unchanged + 1 },
        _ => report with { Superseded = report.Superseded + 1 },
    };

    private async Task<ImportReport> RefuseAsync(
        ImportReport report, Func<QuarantinedEntry, ValueTask> refused, string name, Crawl4ErrorCode code, string reason)
    {
        await refused(new QuarantinedEntry(UrlHost.WithoutCredentials(name), code, reason, _time.GetUtcNow()))
            .ConfigureAwait(false);
        return report with { Refused = report.Refused + 1 };
    }

    /// <summary>Whether another entry would be taken. Keys that no store takes are wrong use to it.</summary>
    private static bool IsOfEntry(Exception error) => error is ArgumentException
        or Crawl4Exception { Code: Crawl4ErrorCode.UrlInvalid or Crawl4ErrorCode.PageTooLarge or Crawl4ErrorCode.EntryDamaged };
}
