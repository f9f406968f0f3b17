using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The columns of one row that are too large to be read as text, which would take twice their size and their size
/// again. Good for as long as the snapshot that it was read from.</summary>
internal sealed class LargeColumns
{
    /// <summary>Where each column stands in an entry.</summary>
    private static readonly Dictionary<string, int> Places = new(StringComparer.Ordinal)
    {
        ["m.html"] = EncodedEntry.HtmlPlace,
        ["m.cleaned_html"] = EncodedEntry.CleanedHtmlPlace,
        ["m.markdown"] = EncodedEntry.MarkdownPlace,
        ["m.extracted_content"] = EncodedEntry.ExtractedContentPlace,
        ["m.screenshot"] = EncodedEntry.ScreenshotPlace,
        ["m.media"] = EncodedEntry.MediaPlace,
        ["m.links"] = EncodedEntry.LinksPlace,
        ["m.metadata"] = EncodedEntry.MetadataPlace,
        ["m.response_headers"] = EncodedEntry.ResponseHeadersPlace,
        ["s.tables"] = EncodedEntry.TablesPlace,
        ["s.markdown_with_citations"] = EncodedEntry.CitationsPlace,
        ["s.references_markdown"] = EncodedEntry.ReferencesPlace,
        ["s.fit_markdown"] = EncodedEntry.FitMarkdownPlace,
        ["s.fit_html"] = EncodedEntry.FitHtmlPlace,
    };

    /// <summary>The columns that hold a large text themselves where the layout has files: Crawl4AI's by their present
    /// names, and ours.</summary>
    public static readonly (string Table, string Column, int Place)[] WithoutFiles =
    [
        (CrawledTable.Name, "media", EncodedEntry.MediaPlace), (CrawledTable.Name, CrawledTable.Links, EncodedEntry.LinksPlace),
        (CrawledTable.Name, "metadata", EncodedEntry.MetadataPlace), (EntriesTable.Name, "tables", EncodedEntry.TablesPlace),
        (EntriesTable.Name, "markdown_with_citations", EncodedEntry.CitationsPlace),
        (EntriesTable.Name, "references_markdown", EncodedEntry.ReferencesPlace),
        (EntriesTable.Name, "fit_markdown", EncodedEntry.FitMarkdownPlace),
        (EntriesTable.Name, "fit_html", EncodedEntry.FitHtmlPlace),
    ];

    private readonly SqliteConnection _connection;
    private readonly Dictionary<int, Column> _columns = [];

    private LargeColumns(SqliteConnection connection) => _connection = connection;

    /// <summary>How a statement selects a column that may be one of these: as nothing where it is.</summary>
    public static string SelectRest(string column) =>
        Places.ContainsKey(column) ? $"CASE WHEN NOT ({IsLarge(column)}) THEN {column} END" : column;

    /// <summary>Selects 1 for a row that has such columns. Where texts are not UTF-8 they are never left out.</summary>
    public static string SelectAny(TableShape shape) =>
        shape.TextIsUtf8 ? $"({string.Join(" OR ", Names(shape).Select(IsLarge))})" : "0";

    /// <summary>Those of a row.</summary>
    public static LargeColumns Read(ReaderConnection reader, TableShape shape, string url)
    {
        var names = Names(shape);
        var side = shape.HasEntries ? " LEFT JOIN crawl4_entries s ON s.url = m.url" : "";
        var command = reader.Prepare($"SELECT m.rowid, {(shape.HasEntries ? "s.rowid" : "NULL")}, "
            + string.Join(", ", names.Select(name => $"CASE WHEN {IsLarge(name)} THEN octet_length({name}) END"))
            + $" FROM crawled_data m{side} WHERE m.url = $u0");
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$u0", url);
        using var row = command.ExecuteReader();
        var large = new LargeColumns(reader.Connection);
        if (row.Read())
        {
            foreach (var (i, name) in names.Index().Where(name => !row.IsDBNull(2 + name.Index)))
            {
                var (table, id) = name[0] == 'm' ? (CrawledTable.Name, 0) : (EntriesTable.Name, 1);
                large._columns[Places[name]] = new Column(table, name[2..], row.GetInt64(id), row.GetInt32(2 + i));
            }
        }

        return large;
    }

    public int? Length(int place) => _columns.TryGetValue(place, out var column) ? column.Length : null;

    public bool TryCopy(int place, Span<byte> destination)
    {
        var column = _columns[place];
        using var blob = new SqliteBlob(_connection, column.Table, column.Name, column.RowId, readOnly: true);
        blob.ReadExactly(destination);
        return Utf8.IsValid(destination);
    }

    private static List<string> Names(TableShape shape) =>
        [.. Places.Keys.Where(name => name[0] == 'm' ? shape.Has(name[2..]) : shape.HasEntries)];

    private static string IsLarge(string column) =>
        $"typeof({column}) = 'text' AND octet_length({column}) > {RowEncoding.LargeBytes}";

    private sealed record Column(string Table, string Name, long RowId, int Length);
}
