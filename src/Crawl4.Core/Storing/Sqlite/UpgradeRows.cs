namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The steps of an upgrade that change the table as a whole, inside an open transaction.</summary>
internal static class UpgradeRows
{
    private const string NoLinks = "(links IS NULL OR links IN ('', '\"\"'))";
    private const string OldLinks = "link IS NOT NULL AND link NOT IN ('', '\"\"')";

    /// <summary>How many rows have links in the old column only.</summary>
    public static string CountLinks(TableShape shape) =>
        $"SELECT count(*) FROM crawled_data WHERE {OldLinks}"
        + (shape.Has(CrawledTable.Links) ? $" AND {NoLinks}" : "");

    public static StoredRow? Read(WriterConnection writer, string url)
    {
        var command = writer.Prepare(StoredRow.Select(writer.Shape, 1), 1, "$u");
        command.Parameters[0].Value = url;
        using var reader = command.ExecuteReader();
        return reader.Read() ? StoredRow.Read(reader, writer.Shape) : null;
    }

    /// <summary>The entries of an inline table that still hold content itself.</summary>
    public static List<string> StillInline(WriterConnection writer, ContentFolders folders)
    {
        var urls = new List<string>();
        if (writer.Shape.Layout != SqliteLayout.Inline)
        {
            return urls;
        }

        ContentKind[] kinds =
            [.. ContentKinds.All.Where(kind => writer.Shape.Has(ContentKinds.Column(kind)))];
        using var command = writer.Connection.CreateCommand();
        command.CommandText = "SELECT url, " + string.Join(", ", kinds.Select(ContentKinds.Column)
            .Select(column => $"CASE WHEN octet_length({column}) <= {ContentName.Length} THEN {column} "
                + $"ELSE '-' END"))
            + " FROM crawled_data WHERE typeof(url) = 'text'";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var i = 0; i < kinds.Length; i++)
            {
                var value = ColumnValue.Text(reader, 1 + i);
                if (!string.IsNullOrEmpty(value)
                    && (!ContentName.IsName(value) || !File.Exists(folders.File(kinds[i], value))))
                {
                    urls.Add(reader.GetString(0));
                    break;
                }
            }
        }

        return urls;
    }

    public static void AddColumns(WriterConnection writer, IEnumerable<string> columns)
    {
        foreach (var column in columns.Where(column => !writer.Shape.Has(column)))
        {
            ConnectionOpening.Execute(writer.Connection, CrawledTable.AddColumn(column));
        }

        writer.Refresh();
    }

    public static void MoveLinks(WriterConnection writer)
    {
        if (writer.Shape.Has(CrawledTable.OldLinks))
        {
            writer.Execute($"UPDATE crawled_data SET links = link WHERE {NoLinks} AND {OldLinks}");
        }
    }

    /// <summary>Gives new columns what the side table kept for them, so that Crawl4AI sees it too.</summary>
    /// <param name="writer">In a transaction that has added the columns.</param>
    /// <param name="urls">What <see cref="OursWithKept"/> gave before they were.</param>
    /// <param name="files">Writes content that only the side table held.</param>
    public static void FillFromSide(WriterConnection writer, List<string> urls, ContentWriter files)
    {
        foreach (var url in urls)
        {
            var row = Read(writer, url)!;
            foreach (var column in EntriesTable.KeptColumns)
            {
                if (row.Kept(column) is { } kept
                    && string.IsNullOrEmpty(row.Column(column)?.Trim('{', '}', '"')))
                {
                    Set(writer, url, column, Stored(row, column, kept, files));
                }
            }

            if (row.CachedAt is null or 0)
            {
                Set(writer, url, CrawledTable.CachedAt, row.Mark!.CachedAt);
            }
        }
    }

    /// <summary>The entries of ours that have values for columns that the table lacks.</summary>
    public static List<string> OursWithKept(WriterConnection writer, ContentReader content) =>
        UrlsWithKept(writer).FindAll(url =>
            Read(writer, url) is { } row && row.Identity.IsOurs(writer.Shape, content));

    private static string Stored(StoredRow row, string column, string kept, ContentWriter files)
    {
        var kind = Array.FindIndex(ContentKinds.All, k => ContentKinds.Column(k) == column);
        if (kind < 0 || kept.Length == 0)
        {
            return kept;
        }

        var name = row.Mark!.Hashes[kind];
        files.Write((ContentKind)kind, name, System.Text.Encoding.UTF8.GetBytes(kept));
        return name;
    }

    private static List<string> UrlsWithKept(WriterConnection writer)
    {
        using var command = writer.Connection.CreateCommand();
        command.CommandText = "SELECT url FROM crawl4_entries WHERE coalesce("
            + string.Join(", ", EntriesTable.KeptColumns.Select(column => EntriesTable.KeptPrefix + column))
            + ") IS NOT NULL";
        using var reader = command.ExecuteReader();
        var urls = new List<string>();
        while (reader.Read())
        {
            urls.Add(reader.GetString(0));
        }

        return urls;
    }

    private static void Set(WriterConnection writer, string url, string column, object value)
    {
        var command = writer.Prepare(
            $"UPDATE crawled_data SET {column} = {BoundText.Place(column, "$p0")} WHERE url = $p1", 2);
        command.Parameters[0].Value = BoundText.Value(value);
        command.Parameters[1].Value = url;
        command.ExecuteNonQuery();
    }
}
