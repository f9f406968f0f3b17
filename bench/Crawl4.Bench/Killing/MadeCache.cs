using System.Globalization;
using Crawl4.Core.Hashing;
using Crawl4.Core.Settings;
using Microsoft.Data.Sqlite;

namespace Crawl4.Bench.Killing;

/// <summary>A cache folder that is filled and written to as Crawl4AI does: plain SQL and files, with nothing of
/// ours.</summary>
internal sealed class MadeCache
{
    /// <summary>So many rows cannot be copied before they are mended.</summary>
    private const int Damaged = 5;

    /// <summary>Characters of the last row: enough to be copied back as bytes, which smaller ones are not. Behind it nothing
    /// is done that a kill would have done again.</summary>
    private const int Large = 6_000_000;

    private readonly CacheLayout _layout;

    public MadeCache(string basePath, CacheLayout layout)
    {
        (BasePath, _layout) = (basePath, layout);
        Folder = CacheFolder.Resolve(basePath, _ => null);
        Directory.CreateDirectory(Path.Combine(Folder.Path, "html_content"));
        Execute(layout.Ddl);
    }

    public string BasePath { get; }

    public CacheFolder Folder { get; }

    /// <summary>What is in the rows that are damaged, by URL.</summary>
    public Dictionary<string, string> Damage { get; } = new(StringComparer.Ordinal);

    public bool HasFiles => _layout.HasFiles;

    public static string Url(int number) => string.Create(CultureInfo.InvariantCulture, $"https://kills.example/{number:D6}");

    /// <summary>Adds rows, most of them small, some of several chunks, one large, a few of them damaged.</summary>
    public Dictionary<string, string?> Fill(int rows, Random random)
    {
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();
        for (var i = 0; i < rows; i++)
        {
            var text = Text(random, i == rows - 1 ? Large : i % 40 == 39 ? 60_000 : random.Next(200, 4000));
            Put(connection, Url(i), text, DateTimeOffset.UnixEpoch.AddYears(54).AddSeconds(i));
            texts[Url(i)] = text;
        }

        transaction.Commit();
        for (var i = 0; i < Damaged && _layout.HasFiles; i++)
        {
            var url = Url(random.Next(rows));
            Damage[url] = texts[url]!;
            Break(url, texts[url]!, cut: i % 2 == 0);
        }

        return texts;
    }

    /// <summary>Cuts off a content file, or takes it away.</summary>
    public void Break(string url, string text, bool cut)
    {
        var path = PathOf(text);
        if (cut)
        {
            File.WriteAllText(path, text[..(text.Length / 2)]);
        }
        else
        {
            File.Delete(path);
        }
    }

    public void Mend()
    {
        foreach (var text in Damage.Values)
        {
            Save(text);
        }
    }

    /// <summary>As Crawl4AI writes a page.</summary>
    public void Put(string url, string text)
    {
        using var connection = Connect();
        Put(connection, url, text, TimeProvider.System.GetUtcNow());
    }

    /// <summary>As Crawl4AI's validation changes a row; it leaves the time as it was.</summary>
    public void Refresh(string url, string tag)
    {
        if (_layout.HasTimes)
        {
            Execute("UPDATE crawled_data SET etag = $0 WHERE url = $1", tag, url);
        }
    }

    public void Update(string url, string text)
    {
        var html = _layout.HasFiles ? Save(text) : text;
        if (_layout.HasTimes)
        {
            Execute("UPDATE crawled_data SET html = $0, cached_at = $1 WHERE url = $2", html, Now(), url);
        }
        else
        {
            Execute("UPDATE crawled_data SET html = $0 WHERE url = $1", html, url);
        }
    }

    public bool Has(string url)
    {
        using var connection = Connect();
        return Convert.ToInt64(
            Command(connection, "SELECT count(*) FROM crawled_data WHERE url = $0", url).ExecuteScalar(),
            CultureInfo.InvariantCulture) > 0;
    }

    public void Delete(string url) => Execute("DELETE FROM crawled_data WHERE url = $0", url);

    /// <summary>Text that hardly packs.</summary>
    public static string Text(Random random, int characters)
    {
        var bytes = new byte[(characters * 3 / 4) + 1];
        random.NextBytes(bytes);
        return "<p>" + Convert.ToBase64String(bytes);
    }

    private void Put(SqliteConnection connection, string url, string text, DateTimeOffset at)
    {
        var html = _layout.HasFiles ? Save(text) : text;
        if (_layout.HasTimes)
        {
            Command(connection, "INSERT OR REPLACE INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, "
                + "success, screenshot, metadata, cached_at) VALUES ($0, $1, '', '', '', 1, '', $2, $3)",
                url, html, $"{{\"title\": \"{url}\"}}", Seconds(at)).ExecuteNonQuery();
        }
        else
        {
            Command(connection, "INSERT OR REPLACE INTO crawled_data (url, html, cleaned_html, markdown, extracted_content, "
                + "success) VALUES ($0, $1, '', '', '', 1)", url, html).ExecuteNonQuery();
        }
    }

    private string Save(string text)
    {
        File.WriteAllText(PathOf(text), text);
        return XxHash64.Hex(text);
    }

    private string PathOf(string text) => Path.Combine(Folder.Path, "html_content", XxHash64.Hex(text));

    private static double Now() => Seconds(TimeProvider.System.GetUtcNow());

    private static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;

    private void Execute(string sql, params object[] values)
    {
        using var connection = Connect();
        Command(connection, sql, values).ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Folder.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i]);
        }

        return command;
    }
}
