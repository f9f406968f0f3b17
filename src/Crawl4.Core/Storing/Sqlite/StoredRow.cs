using System.Text;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>A row of both tables as it stands there, before content files are read.</summary>
internal sealed class StoredRow
{
    private static readonly int SuccessIndex = Array.IndexOf(CrawledTable.Columns, "success");
    private static readonly int CachedAtIndex = Array.IndexOf(CrawledTable.Columns, CrawledTable.CachedAt);
    private static readonly int MarkFirst = CrawledTable.Columns.Length + 2;
    private static readonly int TextFirst = MarkFirst + EntriesTable.MarkColumns.Length;
    private static readonly int KeptFirst = TextFirst + EntriesTable.TextColumns.Length;

    private readonly string?[] _values;
    private readonly string?[] _side;
    private readonly string?[] _kept;
    private readonly string? _oldLinks;

    private StoredRow(SqliteDataReader reader, TableShape shape)
    {
        Shape = shape;
        Url = ColumnValue.Text(reader, 0) ?? "";
        _values = Texts(reader, 1, CrawledTable.Columns.Length);
        Success = ColumnValue.Truth(reader, 1 + SuccessIndex);
        CachedAt = ColumnValue.Number(reader, 1 + CachedAtIndex);
        _oldLinks = ColumnValue.Text(reader, MarkFirst - 1);
        Mark = shape.HasEntries ? EntryMark.Read(reader, MarkFirst) : null;
        _side = Mark is null ? [] : Texts(reader, TextFirst, EntriesTable.TextColumns.Length);
        _kept = Mark is null ? [] : Texts(reader, KeptFirst, EntriesTable.KeptColumns.Length);
    }

    public TableShape Shape { get; }

    public string Url { get; }

    /// <summary>How many characters the row holds.</summary>
    public long Size => _values.Concat(_side).Concat(_kept).Sum(value => (long)(value?.Length ?? 0));

    public bool? Success { get; }

    public double? CachedAt { get; }

    public EntryMark? Mark { get; }

    public RowIdentity Identity => new(
        [.. ContentKinds.All.Select(kind => Column(ContentKinds.Column(kind)))], CachedAt, Mark)
    {
        Validators = [.. RowIdentity.ValidatorColumns.Select(Column)],
    };

    public string? Column(string name) => _values[Array.IndexOf(CrawledTable.Columns, name)];

    public string? OldLinks => _oldLinks;

    /// <summary>A text that only the side table has.</summary>
    public string Side(string name) => _side[Array.IndexOf(EntriesTable.TextColumns, name)] ?? "";

    /// <summary>What the side table keeps for a column that the table lacked when the entry was
    /// written.</summary>
    public string? Kept(string name) => _kept[Array.IndexOf(EntriesTable.KeptColumns, name)];

    /// <summary>The statement that <see cref="Read"/> reads, for one URL or several.</summary>
    /// <param name="shape">The tables.</param>
    /// <param name="urls">How many.</param>
    /// <param name="select">How a column's value is selected; null for as it is.</param>
    public static string Select(TableShape shape, int urls, Func<string, string>? select = null) =>
        Select(shape, "", select).Append(" WHERE m.url IN (")
            .AppendJoin(", ", Enumerable.Range(0, urls).Select(i => "$u" + i)).Append(')').ToString();

    /// <summary>The same for the rows after a key, in the order of keys, without their large columns. The key itself, as
    /// <see cref="TableShape.SelectKey"/> has it, stands last, and before it whether there are such columns.</summary>
    public static string SelectAfter(TableShape shape, int limit) => Select(
        shape, $", {LargeColumns.SelectAny(shape)}, {shape.SelectKey("m.url")}",
        shape.TextIsUtf8 ? LargeColumns.SelectRest : null)
        .Append(" WHERE m.url > CAST($after AS TEXT) AND typeof(m.url) = 'text' ORDER BY m.url LIMIT ").Append(limit)
        .ToString();

    private static StringBuilder Select(TableShape shape, string last, Func<string, string>? select)
    {
        select ??= column => column;
        var sql = new StringBuilder("SELECT m.url");
        foreach (var column in CrawledTable.Columns)
        {
            sql.Append(", ").Append(shape.Has(column) ? select("m." + column) : "NULL");
        }

        sql.Append(", ").Append(shape.Has(CrawledTable.OldLinks) ? "m." + CrawledTable.OldLinks : "NULL");
        if (shape.HasEntries)
        {
            sql.Append(", s.").AppendJoin(", s.", EntriesTable.MarkColumns);
            sql.Append(", ").AppendJoin(", ", EntriesTable.TextColumns.Select(column => select("s." + column)));
            sql.Append(", s.kept_").AppendJoin(", s.kept_", EntriesTable.KeptColumns);
        }

        return sql.Append(last).Append(" FROM crawled_data m")
            .Append(shape.HasEntries ? " LEFT JOIN crawl4_entries s ON s.url = m.url" : "");
    }

    public static StoredRow Read(SqliteDataReader reader, TableShape shape) => new(reader, shape);

    private static string?[] Texts(SqliteDataReader reader, int first, int count)
    {
        var texts = new string?[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = ColumnValue.Text(reader, first + i);
        }

        return texts;
    }
}
