namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Asks a cache about itself, without changing anything.</summary>
internal sealed class StatusReading(SqliteStoreOptions options, ReaderPool readers, ContentFolders folders)
{
    public SqliteStoreStatus Read(CancellationToken cancellationToken)
    {
        var status = readers.Read(Empty(), (reader, shape) =>
        {
            var (oldest, newest) = Times(reader, shape);
            return Empty() with
            {
                Layout = shape.Layout,
                EntryCount = (long)reader.Prepare("SELECT count(*) FROM crawled_data").ExecuteScalar()!,
                Oldest = oldest,
                Newest = newest,
                NeedsUpgrade = !shape.IsComplete,
            };
        }, cancellationToken);
        var (count, bytes) = Files(cancellationToken);
        return status with { ContentFileCount = count, ContentBytes = bytes };
    }

    private SqliteStoreStatus Empty()
    {
        var path = options.Folder.DatabasePath;
        return new SqliteStoreStatus
        {
            Folder = options.Folder.Path,
            DatabasePath = path,
            Crawl4AiVersion = VersionStamp.Read(options.Folder),
            DatabaseBytes = Length(path) + Length(DatabaseFile.LogPath(path)),
        };
    }

    private static (DateTimeOffset?, DateTimeOffset?) Times(ReaderConnection reader, TableShape shape)
    {
        var source = shape.Has(CrawledTable.CachedAt) ? CrawledTable.Name
            : shape.HasEntries ? EntriesTable.Name : null;
        if (source is null)
        {
            return (null, null);
        }

        using var row = reader.Prepare(
            $"SELECT min(cached_at), max(cached_at) FROM {source} WHERE cached_at > 0").ExecuteReader();
        row.Read();
        return (CachedTime.FromSeconds(ColumnValue.Number(row, 0)),
            CachedTime.FromSeconds(ColumnValue.Number(row, 1)));
    }

    private (long Count, long Bytes) Files(CancellationToken cancellationToken)
    {
        var count = 0L;
        var bytes = 0L;
        foreach (var folder in ContentKinds.All.Select(kind => new DirectoryInfo(folders[kind])).Where(
            f => f.Exists))
        {
            foreach (var file in folder.EnumerateFiles())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ContentName.IsName(file.Name))
                {
                    count++;
                    bytes += file.Length;
                }
            }
        }

        return (count, bytes);
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
