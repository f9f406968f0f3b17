using System.Runtime.CompilerServices;
using Crawl4.Core.Hashing;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>Reads entries, one or many.</summary>
internal sealed class EntryGets(
    ItemRequests requests, DynamoDbOptions options, ChunkTable chunks, RecentWrites recent)
{
    /// <summary>How many heads one request asks for: an answer holds 16 MB, forty items of the usual limit.</summary>
    private const int HeadsAtOnce = 40;

    /// <summary>How often an entry is read again whose chunks are gone because it was replaced meanwhile.</summary>
    private const int MostReplacements = 10;

    public async Task<VersionedEntry> GetAsync(string url, CancellationToken cancellationToken)
    {
        var key = new ItemKey(url);
        return await ReadAsync(key, await GetHeadAsync(key, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>An entry as the bytes that were packed; null where there is none, or it is not large, or not
    /// ours.</summary>
    public async Task<LargeEntry?> GetLargeAsync(string url, CancellationToken cancellationToken)
    {
        var key = new ItemKey(url);
        var item = await GetHeadAsync(key, cancellationToken).ConfigureAwait(false);
        if (item is null || new EntryHead(item) is not { IsOurs: true, RawBytes: > LargeEntry.LeastBytes })
        {
            return null;
        }

        var read = await ReadAsync(key, item, LargeAsync, cancellationToken).ConfigureAwait(false);
        return read.Value;
    }

    public async IAsyncEnumerable<CacheLookup> GetManyAsync(
        IEnumerable<string> urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in urls.Chunk(HeadsAtOnce))
        {
            var keys = Array.ConvertAll(some, url => new ItemKey(url));
            var names = keys.Select(key => key.Value).Distinct(StringComparer.Ordinal).ToList();
            var items = await requests.GetManyAsync(options.ResultsTable, names.ConvertAll(Key),
                options.ConsistentReads || names.Exists(recent.Contains), cancellationToken).ConfigureAwait(false);
            var byKey = items.ToDictionary(item => ItemValue.Text(item, ItemNames.Url)!, StringComparer.Ordinal);
            for (var i = 0; i < some.Length; i++)
            {
                yield return await LookUpAsync(
                    some[i], keys[i], byKey.GetValueOrDefault(keys[i].Value), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<CacheLookup> LookUpAsync(
        string url, ItemKey key, Item? item, CancellationToken cancellationToken)
    {
        try
        {
            var found = await ReadAsync(key, item, cancellationToken).ConfigureAwait(false);
            return new CacheLookup(url, found.Entry, null);
        }
        catch (Crawl4Exception damaged) when (damaged.Code == Crawl4ErrorCode.EntryDamaged)
        {
            return new CacheLookup(url, null, damaged.Error);
        }
    }

    private async Task<VersionedEntry> ReadAsync(ItemKey key, Item? item, CancellationToken cancellationToken)
    {
        var (entry, deleted) = await ReadAsync(key, item, ReadAsync, cancellationToken).ConfigureAwait(false);
        return new VersionedEntry(entry, deleted);
    }

    /// <param name="key">The key.</param>
    /// <param name="item">Its item, as it was read.</param>
    /// <param name="read">Gives what a head names, or null where a chunk of it is not there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was read, or else the version of its deletion, zero where there was none.</returns>
    private async Task<(T? Value, long Deleted)> ReadAsync<T>(
        ItemKey key, Item? item, Func<EntryHead, bool, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        EntryHead? before = null;
        for (var replaced = 0; replaced < MostReplacements; replaced++)
        {
            var head = item is null ? null : new EntryHead(item);
            if (head is null || !head.IsAlive(options.TimeProvider.GetUtcNow()))
            {
                return (null, head is { IsDeleted: true } ? head.Version : 0);
            }

            var value = await read(head, before is not null, cancellationToken).ConfigureAwait(false);
            if (value is not null)
            {
                return (value, 0);
            }

            // Deleted or replaced between the two reads, or the replica lags: only the same head again, read
            // strongly, means that the content is lost.
            if (before is not null && before.Version == head.Version)
            {
                throw Damaged(head, "a part of its content is missing", null);
            }

            before = head;
            item = await GetHeadAsync(key, consistent: true, cancellationToken).ConfigureAwait(false);
        }

        throw TooFast(key);
    }

    /// <summary>All that is known of a key, read strongly.</summary>
    public async Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken)
    {
        var key = new ItemKey(url);
        for (var replaced = 0; replaced < MostReplacements; replaced++)
        {
            var item = await GetHeadAsync(key, consistent: true, cancellationToken).ConfigureAwait(false);
            var head = item is null ? null : new EntryHead(item);
            if (head is null || !head.IsAlive(options.TimeProvider.GetUtcNow()))
            {
                return Gone(url, head);
            }

            var seen = new InspectedEntry(url) { Version = head.Version, Seen = head.Seen };
            try
            {
                if (await ReadAsync(head, consistent: true, cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    return seen with
                    {
                        Entry = entry, Digest = EntryDigest.Compute(entry),
                        RecordedDigest = Convert.ToHexStringLower(head.Digest.Span),
                    };
                }
            }
            catch (Crawl4Exception damaged) when (damaged.Code == Crawl4ErrorCode.EntryDamaged)
            {
                return seen with { Damage = damaged.Error };
            }

            // Replaced between the two reads, or a chunk of it is lost.
            item = await GetHeadAsync(key, consistent: true, cancellationToken).ConfigureAwait(false);
            if (item is not null && new EntryHead(item).Seen == head.Seen)
            {
                return seen with { Damage = Damaged(head, "a part of its content is missing", null).Error };
            }
        }

        throw TooFast(key);
    }

    /// <summary>Whether an item that was read has what its digest says, content and all.</summary>
    /// <returns>The digest of its content; empty where it is damaged, or was replaced meanwhile.</returns>
    public async Task<ReadOnlyMemory<byte>> DigestAsync(EntryHead head, CancellationToken cancellationToken)
    {
        try
        {
            if (!head.IsOurs)
            {
                return Convert.FromHexString(EntryDigest.Compute(ForeignItem.Read(head)));
            }

            if (await IsIntactAsync(head, cancellationToken).ConfigureAwait(false))
            {
                return head.Digest;
            }

            using var raw = await UnpackAsync(head, consistent: false, cancellationToken).ConfigureAwait(false);
            return raw is null ? default : head.Digest;
        }
        catch (Exception error) when (IsDamage(error))
        {
            return default;
        }
    }

    private static InspectedEntry Gone(string url, EntryHead? head) => head is null ? new InspectedEntry(url)
        : head.IsDeleted ? new InspectedEntry(url) { DeletedVersion = head.Version, Seen = head.Seen }
        : new InspectedEntry(url)
        {
            Version = head.Version, Seen = head.Seen, ExpiredAt = head.ExpiresAt ?? DateTimeOffset.UnixEpoch,
            RecordedDigest = Convert.ToHexStringLower(head.Digest.Span),
        };

    /// <summary>The entry, or null where a chunk of it is not there.</summary>
    private async Task<CacheEntry?> ReadAsync(EntryHead head, bool consistent, CancellationToken cancellationToken)
    {
        try
        {
            if (!head.IsOurs)
            {
                return ForeignItem.Read(head);
            }

            using var raw = await UnpackAsync(head, consistent, cancellationToken).ConfigureAwait(false);
            return raw is null ? null : DecodedEntry.Read(raw.Bytes.Span) with { Version = head.Version };
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Damaged(head, error.Message.TrimEnd('.'), error);
        }
    }

    private async Task<LargeEntry?> LargeAsync(EntryHead head, bool consistent, CancellationToken cancellationToken)
    {
        try
        {
            if (!head.IsOurs)
            {
                return new LargeEntry(new EncodedEntry(CanonicalEntry.Of(ForeignItem.Read(head))), head.Version);
            }

            return await UnpackAsync(head, consistent, cancellationToken).ConfigureAwait(false) is { } raw
                ? Large(raw, head.Version) : null;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Damaged(head, error.Message.TrimEnd('.'), error);
        }
    }

    private static LargeEntry Large(ContentBuffer raw, long version)
    {
        try
        {
            return new LargeEntry(new EncodedEntry(raw, version), version);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <summary>Whether packed content is just what was written, without unpacking it. Older items have nothing to tell
    /// that by.</summary>
    private async Task<bool> IsIntactAsync(EntryHead head, CancellationToken cancellationToken)
    {
        if (head.Checksum is not { } checksum)
        {
            return false;
        }

        var packed = new XxHash64.Running();
        return await PackedAsync(head, consistent: false, packed.Take, cancellationToken).ConfigureAwait(false)
            && PackedContent.Sum(packed.Hash, head.RawBytes, head.Digest.Span).AsSpan().SequenceEqual(checksum.Span);
    }

    /// <summary>What was packed, or null where a chunk of it is not there.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    private async Task<ContentBuffer?> UnpackAsync(EntryHead head, bool consistent, CancellationToken cancellationToken)
    {
        var raw = new ContentBuffer(Math.Max(head.RawBytes, 0));
        try
        {
            using var unpacking = new ContentUnpacking(raw.Bytes);
            if (await PackedAsync(head, consistent, unpacking.Take, cancellationToken).ConfigureAwait(false))
            {
                unpacking.End(head.Digest.Span);
                return raw;
            }
        }
        catch
        {
            raw.Dispose();
            throw;
        }

        raw.Dispose();
        return null;
    }

    /// <summary>Gives the packed content part after part.</summary>
    /// <returns>False where a chunk of it is not there.</returns>
    /// <exception cref="InvalidDataException">The item has none.</exception>
    private async Task<bool> PackedAsync(
        EntryHead head, bool consistent, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        if ((head.Content is null && head.ContentName is null) || head.RawBytes < 0 || head.Digest.IsEmpty)
        {
            throw new InvalidDataException("The item has no content.");
        }

        if (head.ContentName is not null)
        {
            return await chunks.ReadAsync(head, consistent || options.ConsistentReads, take, cancellationToken)
                .ConfigureAwait(false);
        }

        take(head.Content!.Value);
        return true;
    }

    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or ArgumentOutOfRangeException or OverflowException;

    private Task<Item?> GetHeadAsync(ItemKey key, CancellationToken cancellationToken) =>
        GetHeadAsync(key, options.ConsistentReads || recent.Contains(key.Value), cancellationToken);

    private Task<Item?> GetHeadAsync(ItemKey key, bool consistent, CancellationToken cancellationToken) =>
        requests.GetAsync(options.ResultsTable, Key(key.Value), consistent, only: null, cancellationToken);

    private static Item Key(string value) =>
        new(StringComparer.Ordinal) { [ItemNames.Url] = ItemValue.Text(value) };

    private Crawl4Exception TooFast(ItemKey key) => new(Crawl4ErrorCode.StoreBusy,
        $"The entry of '{UrlHost.WithoutCredentials(key.Url)}' is replaced faster than it can be read.",
        options.ResultsTable);

    private Crawl4Exception Damaged(EntryHead head, string why, Exception? cause) => new(Crawl4ErrorCode.EntryDamaged,
        $"The entry of '{UrlHost.WithoutCredentials(head.Url)}' in '{options.ResultsTable}' is damaged: {why}.",
        UrlHost.WithoutCredentials(head.Url), cause);
}
