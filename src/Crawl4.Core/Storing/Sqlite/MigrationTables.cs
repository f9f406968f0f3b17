namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The ledger's tables.</summary>
internal static class MigrationTables
{
    /// <summary>Its one row is the lease.</summary>
    public const string Lease = "crawl4_migration_lease";

    /// <summary>Is there as long as the outbox has stayed since a migration began: it goes with the outbox.</summary>
    public const string Followed = "crawl4_migration_followed";

    public const string Exists = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'crawl4_migration_lease'";

    public const string IsFollowed =
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'crawl4_migration_followed'";

    public const string Follow = "CREATE TABLE IF NOT EXISTS crawl4_migration_followed (id INTEGER PRIMARY KEY)";

    public const string Unfollow = "DROP TABLE IF EXISTS crawl4_migration_followed";

    public static readonly string[] Create =
    [
        """
        CREATE TABLE IF NOT EXISTS crawl4_migration_lease (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            token INTEGER NOT NULL,
            holder_user TEXT NOT NULL,
            machine TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            since INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            beats INTEGER NOT NULL,
            is_free INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS crawl4_migration (
            name TEXT PRIMARY KEY NOT NULL,
            document TEXT NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS crawl4_migration_quarantine (
            name TEXT NOT NULL,
            url TEXT NOT NULL,
            code TEXT NOT NULL,
            reason TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (name, url)) WITHOUT ROWID
        """,
    ];

    public const string SelectLease = """
        SELECT token, holder_user, machine, process_id, since, seen_at, beats, is_free FROM crawl4_migration_lease
        """;

    public const string PutLease = """
        INSERT INTO crawl4_migration_lease (id, token, holder_user, machine, process_id, since, seen_at, beats, is_free)
        VALUES (1, $p0, $p1, $p2, $p3, $p4, $p4, 0, 0)
        ON CONFLICT (id) DO UPDATE SET token = excluded.token, holder_user = excluded.holder_user,
            machine = excluded.machine, process_id = excluded.process_id, since = excluded.since,
            seen_at = excluded.seen_at, beats = 0, is_free = 0
        """;

    /// <summary>Changes nothing where the token is another's.</summary>
    public const string Beat =
        "UPDATE crawl4_migration_lease SET seen_at = $p1, beats = beats + 1, is_free = $p2 WHERE token = $p0 AND NOT is_free";

    public const string SelectDocument = "SELECT document FROM crawl4_migration WHERE name = $name";

    public const string PutDocument = """
        INSERT INTO crawl4_migration (name, document) VALUES ($p0, $p1)
        ON CONFLICT (name) DO UPDATE SET document = excluded.document
        """;

    public const string ClearQuarantine = "DELETE FROM crawl4_migration_quarantine WHERE name = $p0";

    public const string PutQuarantine = """
        INSERT INTO crawl4_migration_quarantine (name, url, code, reason, seen_at) VALUES ($p0, $p1, $p2, $p3, $p4)
        ON CONFLICT (name, url) DO UPDATE SET code = excluded.code, reason = excluded.reason, seen_at = excluded.seen_at
        """;

    public const string SelectQuarantine = """
        SELECT url, code, reason, seen_at FROM crawl4_migration_quarantine
        WHERE name = $name AND ($after IS NULL OR url > $after) ORDER BY url LIMIT 500
        """;
}
