using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Tests.Storing.Sqlite;

/// <summary>Files that a killed process leaves beside the database, and folders that cannot be
/// written.</summary>
public class LeftBehindTests
{
    private const string Url = "https://example.com/";

    [Fact]
    public async Task Get_LogLeftBehind_IsReadAndNotMoved()
    {
        using var cache = WithLog();
        var database = await File.ReadAllBytesAsync(cache.Database);
        var log = await File.ReadAllBytesAsync(cache.Database + "-wal");
        await using (var store = cache.Open())
        {
            Assert.Equal("in the log", (await store.GetAsync(Url, default))!.Html);
        }

        Assert.Equal(database, await File.ReadAllBytesAsync(cache.Database));
        Assert.Equal(log, await File.ReadAllBytesAsync(cache.Database + "-wal"));
        await using (var store = cache.Open())
        {
            await store.PutAsync(new CacheEntry { Url = "https://new/" }, default);
            Assert.Equal("in the log", (await store.GetAsync(Url, default))!.Html);
        }

        Assert.Equal(2L, cache.Scalar("SELECT count(*) FROM crawled_data"));
    }

    [Fact]
    public void Copy_OfADatabaseWithALog_ReadsTheSame()
    {
        using var cache = WithLog();
        using var copy = new TemporaryCopy(cache.Database);
        Assert.True(copy.IsCurrent);
        using (var connection = ConnectionOpening.OpenForReading(copy.DatabasePath))
        {
            Assert.Equal("in the log", Html(connection));
        }

        cache.Execute("UPDATE crawled_data SET html = 'changed'");
        Assert.False(copy.IsCurrent);
        copy.Dispose();
        Assert.False(File.Exists(copy.DatabasePath));
    }

    [Fact]
    public void OpenImmutable_DatabaseWithoutLog_ReadsAndCreatesNothing()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version09);
        cache.Execute("PRAGMA journal_mode = WAL");
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, 'x')", Url);
        var odd = cache.Database + "#1 ?é%20.db";
        File.Copy(cache.Database, odd);
        using var connection = ConnectionOpening.OpenImmutable(odd);
        Assert.Equal("x", Html(connection));
        Assert.False(File.Exists(odd + "-wal"));
        Assert.False(File.Exists(odd + "-shm"));
    }

    [Fact]
    public async Task Get_RollbackJournalLeftBehind_IsRolledBack()
    {
        using var cache = new CacheOnDisk();
        cache.Create(OldTables.Version02);
        cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, 'committed')", Url);
        using var torn = new CacheOnDisk();
        await using (var connection = cache.Connect())
        {
            await using var command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE crawled_data SET html = 'torn'";
            await command.ExecuteNonQueryAsync();
            command.CommandText =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
                + "INSERT INTO crawled_data (url, html) SELECT 'https://torn/' || i, hex(zeroblob(4000)) "
                + "FROM n";
            await command.ExecuteNonQueryAsync();
            Directory.CreateDirectory(torn.Folder.Path);
            File.Copy(cache.Database, torn.Database);
            File.Copy(cache.Database + "-journal", torn.Database + "-journal");
        }

        await using var store = torn.Open();
        Assert.Equal("committed", (await store.GetAsync(Url, default))!.Html);
        Assert.Equal(1, await store.CountAsync(CacheQuery.All, default));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Get_FolderThatCannotBeWritten_IsReadAllTheSame(bool logged, bool withLog)
    {
        using var cache = withLog ? WithLog() : new CacheOnDisk();
        if (!withLog)
        {
            cache.Create(OldTables.Version09);
            cache.Execute(logged ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
            cache.Execute("INSERT INTO crawled_data (url, html) VALUES ($0, 'in the log')", Url);
        }

        using var locked = new LockedFolder(cache.Folder.Path);
        if (!locked.IsLocked)
        {
            return;
        }

        var before = cache.Snapshot();
        await using var store = cache.Open();
        Assert.Equal("in the log", (await store.GetAsync(Url, default))!.Html);
        Assert.Equal(1, await store.CountAsync(CacheQuery.All, default));
        Assert.Equal(Url, Assert.Single(
            (await store.UpgradeAsync(rehearse: true, default)).AddedColumns.Count == 0 ? [Url]
            : Array.Empty<string>()));
        var error = await Assert.ThrowsAsync<Crawl4Exception>(
            () => store.PutAsync(new CacheEntry { Url = Url, Html = "h" }, default));
        Assert.True(error.Code is Crawl4ErrorCode.StoreReadOnly, error.ToString());
        Assert.Equal(before, cache.Snapshot());
    }

    private static CacheOnDisk WithLog()
    {
        using var live = new CacheOnDisk();
        live.Create(OldTables.Version09);
        live.Execute("PRAGMA journal_mode = WAL");
        var cache = new CacheOnDisk();
        Directory.CreateDirectory(cache.Folder.Path);
        using var connection = live.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO crawled_data (url, html) VALUES ('{Url}', 'in the log')";
        command.ExecuteNonQuery();
        File.Copy(live.Database, cache.Database);
        File.Copy(live.Database + "-wal", cache.Database + "-wal");
        return cache;
    }

    private static string? Html(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT html FROM crawled_data";
        return (string?)command.ExecuteScalar();
    }
}
