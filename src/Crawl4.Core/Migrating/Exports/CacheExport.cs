using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>Exports a cache: its entries in gzip files of bounded size, and a manifest with their checksums. Memory does
/// not grow with the cache. An export that is stopped leaves nothing that looks whole.</summary>
public sealed class CacheExport
{
    private readonly ICacheStore _store;
    private readonly DynamoDbOptions _options;

    /// <summary>An export of a cache.</summary>
    /// <param name="store">What is exported. It stays the caller's.</param>
    /// <param name="options">How the DynamoDB store would write items: their size, their time to live; and the
    /// clock.</param>
    public CacheExport(ICacheStore store, DynamoDbOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options) = (store, options);
    }

    /// <summary>What one file holds at most, where a test has another wish.</summary>
    internal long? PartBytes { get; init; }

    /// <summary>Exports entries: what there is. Deletions are not exported.</summary>
    /// <param name="request">Which, how, and where to.</param>
    /// <param name="damaged">Told of each entry that cannot be exported. The rest goes on.</param>
    /// <param name="progress">Told how far it is after each entry, or null.</param>
    /// <param name="cancellationToken">Stops it. What was written is removed again.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the folder is not empty;
    /// <see cref="Crawl4ErrorCode.StoreBusy"/> where another export is being written there; or the cache cannot be read, or
    /// the folder not written. What was written is removed again.</exception>
    public async Task<ExportManifest> RunAsync(
        ExportRequest request, Func<QuarantinedEntry, ValueTask> damaged, IProgress<ExportProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(damaged);
        var (folder, held) = ExportFolder.Create(request.Path);
        using var ending = held;
        try
        {
            var manifest = new ExportManifest
            {
                Version = ExportManifest.CurrentVersion,
                Format = request.Format,
                Cache = _store.Description,
                Urls = [.. request.Urls.Select(pattern => pattern.Text)],
                StartedAt = _options.TimeProvider.GetUtcNow(),
            };
            manifest = await WriteAsync(folder, manifest, request, damaged, progress, cancellationToken)
                .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            folder.Write(manifest);
            return manifest;
        }
        catch (Exception error)
        {
            folder.Clear();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw ExportFolder.Failure(folder.Path, error);
            }

            throw;
        }
    }

    private async Task<ExportManifest> WriteAsync(
        ExportFolder folder, ExportManifest manifest, ExportRequest request, Func<QuarantinedEntry, ValueTask> damaged,
        IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        long? total = request.Urls.Count > 0 ? null
            : await _store.CountAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false);
        var quarantine = new List<QuarantinedEntry>();
        var (entries, bytes, lost) = (0L, 0L, 0L);
        var writer = new EntryWriter(folder, request.Format, _options, PartBytes);
        await using (writer.ConfigureAwait(false))
        {
            var query = new CacheQuery { UrlPrefix = UrlPattern.CommonPrefix(request.Urls) };
            await foreach (var summary in _store.ListAsync(query, cancellationToken).ConfigureAwait(false))
            {
                if (request.Urls.Count > 0 && !request.Urls.Any(pattern => pattern.Matches(summary.Url)))
                {
                    continue;
                }

                var (isWritten, error) = await WriteAsync(writer, summary.Url, cancellationToken).ConfigureAwait(false);
                if (error is not null)
                {
                    lost++;
                    var entry = new QuarantinedEntry(
                        UrlHost.WithoutCredentials(summary.Url), error.Code, error.Message, _options.TimeProvider.GetUtcNow());
                    if (quarantine.Count < ExportManifest.MostListed)
                    {
                        quarantine.Add(entry);
                    }

                    await damaged(entry).ConfigureAwait(false);
                }

                (entries, bytes) = isWritten ? (entries + 1, bytes + summary.SizeBytes) : (entries, bytes);
                progress?.Report(new ExportProgress(IsChecking: false, entries + lost, total, writer.Bytes));
            }

            await writer.EndAsync(cancellationToken).ConfigureAwait(false);
            return manifest with
            {
                EndedAt = _options.TimeProvider.GetUtcNow(), Entries = entries, ContentBytes = bytes, Damaged = lost,
                Quarantine = quarantine, Parts = writer.Parts,
            };
        }
    }

    /// <summary>Whether an entry was written, and if not, why; an entry that has gone meanwhile has no why.</summary>
    private async Task<(bool IsWritten, Crawl4Error? Error)> WriteAsync(
        EntryWriter writer, string url, CancellationToken cancellationToken)
    {
        if (url.Length == 0 || url.Contains('\0', StringComparison.Ordinal))
        {
            return (false, Unusable("The key is empty or holds a NUL character.", url));
        }

        try
        {
            if (await _store.GetAsync(url, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                await writer.WriteAsync(EntryCopy.AsFound(entry), cancellationToken).ConfigureAwait(false);
                return (true, null);
            }

            return (false, url.Contains('\uFFFD', StringComparison.Ordinal)
                ? Unusable("The key cannot be looked up: it is not valid UTF-8.", url) : null);
        }
        catch (Crawl4Exception error) when (error.Code is Crawl4ErrorCode.EntryDamaged or Crawl4ErrorCode.UrlInvalid)
        {
            return (false, error.Error);
        }
    }

    private static Crawl4Error Unusable(string message, string url) => new(Crawl4ErrorCode.UrlInvalid, message, url);
}
