using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Crawl4.Core.Storing;

namespace Crawl4.Bench.Verifying;

/// <summary>A store of so many entries that holds none of them: what memory a verification takes is its own.</summary>
internal sealed class MadeStore(string name, int entries, int parts) : IVerifiableStore
{
    public string Description => name;

    public Task<int> CountPartsAsync(bool fromContent, CancellationToken cancellationToken) => Task.FromResult(parts);

    public async IAsyncEnumerable<ListedDigest> ListDigestsAsync(
        DigestQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var digest = new byte[SHA256.HashSizeInBytes];
        for (var i = query.Part; i < entries; i += parts)
        {
            var url = Url(i);
            if (query.Leaves.Contains(url))
            {
                SHA256.HashData(Encoding.UTF8.GetBytes(url), digest);
                yield return new ListedDigest(url, 1, digest, 100, null);
            }
        }
    }

    public async IAsyncEnumerable<string> ListUrlsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        for (var i = 0; i < entries; i++)
        {
            yield return Url(i);
        }
    }

    public Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> ReplaceAsync(CacheEntry entry, InspectedEntry seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RemoveAsync(InspectedEntry seen, long version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<OrphanedContent> ListOrphansAsync(TimeSpan safeAge, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> SweepAsync(OrphanedContent orphan, TimeSpan safeAge, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CacheEntry?> GetAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CacheLookup> GetManyAsync(IEnumerable<string> urls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CachePutResult> PutAsync(CacheEntry entry, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CachePutResult>> PutManyAsync(
        IReadOnlyList<CacheEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(string url, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<CacheEntrySummary> ListAsync(CacheQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountAsync(CacheQuery query, CancellationToken cancellationToken) => Task.FromResult((long)entries);

    public Task<long> ClearAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Url(int i) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"https://example.com/section/{i % 97}/page-{i:D8}.html");
}
