namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The outbox's tables and triggers. The triggers run in the writer's SQLite, Python's among them, which
/// may be years older than ours: plain SQL of SQLite 3.31, no function of our own, and no conflict clause, because
/// that of the statement that sets a trigger off would take its place.</summary>
/// <remarks>Lines are only added, several for a key that is written several times: a drainer that has read a line
/// and delivers it may then take out just what it saw.</remarks>
internal static class OutboxTable
{
    public const string Name = "crawl4_outbox";

    /// <summary>Rows here say that the triggers were once found missing, and when.</summary>
    public const string GapName = "crawl4_outbox_gaps";

    /// <summary>Milliseconds since 1970, as far as a day-number in a double keeps them (about 0.05 ms).</summary>
    private const string Now = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)";

    public static readonly string[] Create =
    [
        """
        CREATE TABLE IF NOT EXISTS crawl4_outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            url TEXT NOT NULL,
            written_at INTEGER NOT NULL,
            deleted INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 0,
            delivered_at INTEGER)
        """,
        "CREATE INDEX IF NOT EXISTS crawl4_outbox_by_url ON crawl4_outbox (url, sequence)",
        "CREATE INDEX IF NOT EXISTS crawl4_outbox_delivered ON crawl4_outbox (delivered_at) WHERE delivered_at IS NOT NULL",
        "CREATE TABLE IF NOT EXISTS crawl4_outbox_gaps (seen_at INTEGER NOT NULL)",
        Trigger("inserted", "INSERT", "NEW", deleted: 0),
        Trigger("updated", "UPDATE", "NEW", deleted: 0),
        Trigger("deleted", "DELETE", "OLD", deleted: 1),
    ];

    public static readonly string[] Drop =
    [
        "DROP TRIGGER IF EXISTS crawl4_outbox_inserted",
        "DROP TRIGGER IF EXISTS crawl4_outbox_updated",
        "DROP TRIGGER IF EXISTS crawl4_outbox_deleted",
        "DROP TABLE IF EXISTS crawl4_outbox",
        "DROP TABLE IF EXISTS crawl4_outbox_gaps",
        MigrationTables.Unfollow,
    ];

    /// <summary>Gives a deletion its version: the line that its trigger has just added.</summary>
    public const string SetDeletedVersion = """
        UPDATE crawl4_outbox SET version = $p1
        WHERE sequence = (SELECT max(sequence) FROM crawl4_outbox WHERE url = $p0)
        """;

    public const string LastLine = "SELECT coalesce(max(sequence), 0) FROM crawl4_outbox";

    /// <summary>Takes out the lines of a key that came after one: what is written is known to the other store.</summary>
    public const string ForgetAfter = "DELETE FROM crawl4_outbox WHERE url = $p0 AND sequence > $p1";

    /// <summary>The same for a deletion, which stays known for a while.</summary>
    public const string SetDeliveredAfter = $"""
        UPDATE crawl4_outbox SET version = $p2, delivered_at = {Now} WHERE url = $p0 AND sequence > $p1
        """;

    /// <summary>The greatest version that a deletion of a key has which still waits, or was delivered a short time
    /// ago.</summary>
    public const string KnownDeletion = """
        SELECT max(CASE WHEN version > 0 THEN version ELSE written_at * 65536 + 65535 END)
        FROM crawl4_outbox WHERE url = $u0 AND deleted
        """;

    /// <summary>A key, the sequence and the time of its last write, whether that was a deletion, and of what
    /// version.</summary>
    public const string Peek = """
        SELECT o.url, o.sequence, o.written_at, o.deleted, o.version
        FROM (SELECT url, max(sequence) AS last, min(sequence) AS first
              FROM crawl4_outbox WHERE delivered_at IS NULL GROUP BY url
              ORDER BY min(sequence) LIMIT $limit) AS k
        JOIN crawl4_outbox AS o ON o.sequence = k.last
        ORDER BY k.first
        """;

    /// <summary>How long a deletion stays known after its delivery: a reader that got the entry from the other store
    /// just before may be about to put it back here. Far beyond any deadline of a read.</summary>
    public const int KnownMilliseconds = 600_000;

    /// <summary>Takes out what was delivered. Deletions stay known for a while.</summary>
    public static readonly string[] Complete =
    [
        "DELETE FROM crawl4_outbox WHERE url = $p0 AND sequence <= $p1 AND NOT deleted",
        $"UPDATE crawl4_outbox SET delivered_at = {Now} WHERE url = $p0 AND sequence <= $p1 AND delivered_at IS NULL",
    ];

    public static readonly string Forget =
        $"DELETE FROM crawl4_outbox WHERE delivered_at IS NOT NULL AND delivered_at < {Now} - {KnownMilliseconds}";

    public const string AddDeletion = $"""
        INSERT INTO crawl4_outbox (url, written_at, deleted, version) SELECT $p0, {Now}, 1, $p1
        """;

    public const string IsPending =
        "SELECT EXISTS (SELECT 1 FROM crawl4_outbox WHERE url = $url AND delivered_at IS NULL)";

    public const string IsPendingHere =
        "SELECT EXISTS (SELECT 1 FROM crawl4_outbox WHERE url = $p0 AND delivered_at IS NULL)";

    public const string Status = """
        SELECT (SELECT count(DISTINCT url) FROM crawl4_outbox WHERE delivered_at IS NULL),
               (SELECT written_at FROM crawl4_outbox WHERE delivered_at IS NULL ORDER BY sequence LIMIT 1),
               (SELECT max(seen_at) FROM crawl4_outbox_gaps)
        """;

    public const string AddGap = $"INSERT INTO crawl4_outbox_gaps (seen_at) SELECT {Now}";

    public const string CloseGap = "DELETE FROM crawl4_outbox_gaps WHERE seen_at < $p0";

    /// <summary>How many of the triggers are there, and whether the table is.</summary>
    public const string Shape = """
        SELECT count(CASE WHEN type = 'table' THEN 1 END), count(CASE WHEN type = 'trigger' THEN 1 END)
        FROM sqlite_master
        WHERE name IN ('crawl4_outbox', 'crawl4_outbox_inserted', 'crawl4_outbox_updated', 'crawl4_outbox_deleted')
        """;

    public const int TriggerCount = 3;

    private static string Trigger(string name, string when, string row, int deleted) => $"""
        CREATE TRIGGER IF NOT EXISTS crawl4_outbox_{name} AFTER {when} ON crawled_data BEGIN
            INSERT INTO crawl4_outbox (url, written_at, deleted)
            SELECT {row}.url, {Now}, {deleted} WHERE typeof({row}.url) = 'text';
        END
        """;
}
