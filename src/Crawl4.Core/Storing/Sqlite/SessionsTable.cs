namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The side table of sessions. Crawl4AI neither knows nor touches it; clearing the cache leaves it.</summary>
internal static class SessionsTable
{
    public const string Name = "crawl4_sessions";

    /// <summary>Times are milliseconds since 1970, the end is in seconds, as in DynamoDB.</summary>
    public static readonly string[] Create =
    [
        """
        CREATE TABLE IF NOT EXISTS crawl4_sessions (
            id TEXT PRIMARY KEY NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            data TEXT NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS crawl4_sessions_by_end ON crawl4_sessions (expires_at)",
    ];

    public const string Get = """
        SELECT id, data, revision, created_at, last_used_at, expires_at
        FROM crawl4_sessions WHERE id = $p0 AND expires_at * 1000 > $p1
        """;

    public const string Put = """
        INSERT OR REPLACE INTO crawl4_sessions (id, data, revision, created_at, last_used_at, expires_at)
        VALUES ($p0, $p1, $p2, $p3, $p4, $p5)
        """;

    /// <summary>A clock that is behind another's does not shorten a session.</summary>
    public const string Touch = """
        UPDATE crawl4_sessions SET last_used_at = max(last_used_at, $p2), expires_at = max(expires_at, $p3)
        WHERE id = $p0 AND expires_at * 1000 > $p1
        """;

    public const string Delete = "DELETE FROM crawl4_sessions WHERE id = $p0 AND expires_at * 1000 > $p1";

    public const string Sweep = "DELETE FROM crawl4_sessions WHERE expires_at <= $p0";

    public const string List = """
        SELECT id, created_at, last_used_at, expires_at, length(CAST(data AS BLOB))
        FROM crawl4_sessions WHERE expires_at * 1000 > $p0
        """;
}
