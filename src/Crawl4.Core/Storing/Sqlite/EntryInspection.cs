namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Says all that is known of one key.</summary>
internal sealed class EntryInspection(EntryReading reading, ContentReader content, SqliteOutbox outbox)
{
    public async Task<InspectedEntry> InspectAsync(string url, CancellationToken cancellationToken)
    {
        var seen = await Task.Run(() => Inspect(url, cancellationToken), cancellationToken).ConfigureAwait(false);
        return seen.Exists ? seen : seen with
        {
            DeletedVersion = await outbox.KnownDeletionAsync(url, cancellationToken).ConfigureAwait(false),
        };
    }

    private InspectedEntry Inspect(string url, CancellationToken cancellationToken)
    {
        var row = reading.ReadRows([url], cancellationToken).GetValueOrDefault(EntryReading.Key(url));
        if (row is null)
        {
            return new InspectedEntry(url);
        }

        var found = reading.LookUp(url, row, cancellationToken);
        var ours = row.Identity.IsOurs(row.Shape, content);
        return new InspectedEntry(url)
        {
            Entry = found.Entry,
            Version = found.Entry?.Version ?? (found.Error is null ? 0 : row.Identity.Version(ours)),
            Digest = found.Entry is { } entry ? EntryDigest.Compute(CanonicalEntry.Of(entry)) : "",
            RecordedDigest = ours ? row.Mark!.Digest : "",
            Damage = found.Error,
            Seen = row.Identity.Seen(),
        };
    }
}
