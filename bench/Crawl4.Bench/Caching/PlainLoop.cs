using System.Text;
using Crawl4.Core.Hashing;
using Crawl4.Core.Storing;
using Microsoft.Data.Sqlite;

namespace Crawl4.Bench.Caching;

/// <summary>The same work as anybody would write it first: one statement an entry, one file after the other,
/// with temporary names and flushes or without.</summary>
internal sealed class PlainLoop(string folder, bool durable)
{
    private const string Upsert = """
        INSERT INTO crawled_data (url, html, cleaned_html, markdown, success, media, links, metadata,
            response_headers, etag, cached_at) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT(url) DO UPDATE SET html = excluded.html, cleaned_html = excluded.cleaned_html,
            markdown = excluded.markdown, cached_at = excluded.cached_at
        """;

    private static readonly string[] Folders = ["html_content", "cleaned_html", "markdown_content"];

    public void Write(IReadOnlyList<CacheEntry> entries)
    {
        foreach (var name in Folders)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
        Execute(connection, "CREATE TABLE crawled_data (url TEXT PRIMARY KEY, html TEXT, cleaned_html TEXT, "
            + "markdown TEXT, success BOOLEAN, media TEXT, links TEXT, metadata TEXT, response_headers TEXT, "
            + "etag TEXT, cached_at REAL)");
        using var command = connection.CreateCommand();
        command.CommandText = Upsert;
        for (var i = 0; i <= 10; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        }

        foreach (var e in entries)
        {
            object[] values =
            [
                e.Url, Save(0, e.Html), Save(1, e.CleanedHtml), Save(2, e.Markdown), 1, e.Media, e.Links,
                e.Metadata,
                e.ResponseHeaders, e.ETag, 1.0,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }

            command.ExecuteNonQuery();
        }
    }

    public long Read(IReadOnlyList<CacheEntry> entries)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM crawled_data WHERE url = $0";
        var url = command.Parameters.Add(new SqliteParameter { ParameterName = "$0" });
        var length = 0L;
        foreach (var e in entries)
        {
            url.Value = e.Url;
            using var reader = command.ExecuteReader();
            reader.Read();
            for (var i = 0; i < Folders.Length; i++)
            {
                length += File.ReadAllText(Path.Combine(folder, Folders[i], reader.GetString(1 + i))).Length;
            }
        }

        return length;
    }

    private string Save(int kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = XxHash64.Hex(bytes);
        var path = Path.Combine(folder, Folders[kind], hash);
        if (!durable)
        {
            File.WriteAllBytes(path, bytes);
            return hash;
        }

        using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path, overwrite: true);
        return hash;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "crawl4ai.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
