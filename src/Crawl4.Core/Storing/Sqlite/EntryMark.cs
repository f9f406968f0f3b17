using Microsoft.Data.Sqlite;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What the side table says an entry is and which row it belongs to.</summary>
internal sealed record EntryMark
{
    public long Version { get; init; }

    public string Digest { get; init; } = "";

    /// <summary>The hash of each kind of content as stored, empty for none.</summary>
    public required string[] Hashes { get; init; }

    /// <summary>The row's time as Crawl4AI keeps it.</summary>
    public double CachedAt { get; init; }

    /// <summary>The same time, exactly. Null for none.</summary>
    public long? CachedTicks { get; init; }

    public long SizeBytes { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>True where the Markdown column holds the object of all forms, false where it holds raw text
    /// that may only look like one.</summary>
    public bool MarkdownIsObject { get; init; }

    public DateTimeOffset? Time => CachedTicks is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Reads <see cref="EntriesTable.MarkColumns"/>. Null where the entry has no side row.</summary>
    public static EntryMark? Read(SqliteDataReader reader, int first)
    {
        if (reader.IsDBNull(first))
        {
            return null;
        }

        var hashes = new string[ContentKinds.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = ColumnValue.Text(reader, first + 2 + i) ?? "";
        }

        var after = first + 2 + hashes.Length;
        return new EntryMark
        {
            Version = ColumnValue.Integer(reader, first) ?? 0,
            Digest = ColumnValue.Text(reader, first + 1) ?? "",
            Hashes = hashes,
            CachedAt = ColumnValue.Number(reader, after) ?? 0,
            CachedTicks = ColumnValue.Integer(reader, after + 1),
            SizeBytes = ColumnValue.Integer(reader, after + 2) ?? 0,
            StatusCode = (int?)ColumnValue.Integer(reader, after + 3),
            MarkdownIsObject = ColumnValue.Truth(reader, after + 4) ?? false,
        };
    }
}
