using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The statements that write an entry, for one shape of tables.</summary>
internal sealed class EntryStatements
{
    public EntryStatements(TableShape shape)
    {
        Columns = [.. CrawledTable.Columns.Where(column => shape.Holder(column) is not null)];
        Kept = [.. EntriesTable.KeptColumns.Where(column => shape.Holder(column) is null)];
        var held = Columns.Select(column => shape.Holder(column)!).ToArray();
        UpsertRow = Upsert(CrawledTable.Name, held);
        UpsertSide = Upsert(EntriesTable.Name,
            [.. EntriesTable.MarkColumns, .. EntriesTable.TextColumns,
                .. EntriesTable.KeptColumns.Select(column => EntriesTable.KeptPrefix + column)]);
        Identity = SelectIdentity(shape);
    }

    /// <summary>The columns that <see cref="UpsertRow"/> takes after the URL, by their present
    /// names.</summary>
    public string[] Columns { get; }

    /// <summary>The columns whose values only the side table can hold.</summary>
    public HashSet<string> Kept { get; }

    public string UpsertRow { get; }

    public string UpsertSide { get; }

    /// <summary>Gives one <see cref="RowIdentity"/>: whether there is a row at all, content columns, time, the
    /// side row, validators.</summary>
    public string Identity { get; }

    private static string Upsert(string table, string[] columns)
    {
        var sql = new StringBuilder("INSERT INTO ").Append(table).Append(" (url, ").AppendJoin(", ", columns)
            .Append(") VALUES ($p0");
        for (var i = 1; i <= columns.Length; i++)
        {
            sql.Append(", ").Append(BoundText.Place(columns[i - 1], "$p" + i));
        }

        return sql.Append(") ON CONFLICT(url) DO UPDATE SET ")
            .AppendJoin(", ", columns.Select(column => $"{column} = excluded.{column}")).ToString();
    }

    /// <summary>The side row may outlive its row, and its version still counts: so the key leads, not the
    /// row.</summary>
    private static string SelectIdentity(TableShape shape)
    {
        var sql = new StringBuilder("SELECT m.url IS NOT NULL");
        foreach (var kind in ContentKinds.All)
        {
            var column = ContentKinds.Column(kind);
            sql.Append(", ").Append(shape.Has(column) ? "m." + column : "NULL");
        }

        return sql.Append(", ").Append(shape.Has(CrawledTable.CachedAt) ? "m.cached_at" : "NULL")
            .Append(", s.").AppendJoin(", s.", EntriesTable.MarkColumns)
            .Append(", ").AppendJoin(", ", RowIdentity.ValidatorColumns.Select(
                column => shape.Has(column) ? "m." + column : "NULL"))
            .Append(" FROM (SELECT $u0 AS url) k LEFT JOIN crawled_data m ON m.url = k.url")
            .Append(" LEFT JOIN crawl4_entries s ON s.url = k.url").ToString();
    }
}
