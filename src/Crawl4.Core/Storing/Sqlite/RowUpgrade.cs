using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What an upgrade changes in one row: content columns and their new values.</summary>
internal sealed class RowUpgrade
{
    private readonly List<(ContentKind Kind, string Name, string? Inline)> _changes = [];

    private RowUpgrade(string url) => Url = url;

    public string Url { get; }

    /// <summary>True where part of the row's content cannot be read: then nothing in it is changed.</summary>
    public bool IsDamaged { get; private set; }

    public bool MovesToFiles => _changes.Exists(change => change.Inline is not null);

    public bool Heals => _changes.Exists(change => change.Inline is null);

    public bool ChangesAnything => _changes.Count > 0;

    public IReadOnlyList<(ContentKind Kind, string Name, string? Inline)> Changes => _changes;

    public static RowUpgrade Plan(StoredRow row, ContentReader content)
    {
        var upgrade = new RowUpgrade(row.Url);
        var identity = row.Identity;
        var own = identity.IsOurs(row.Shape, content) ? identity.Mark!.Hashes : null;
        foreach (var kind in ContentKinds.All)
        {
            var value = identity.Content[(int)kind];
            if (!string.IsNullOrEmpty(value))
            {
                upgrade.Plan(row, kind, value, own?[(int)kind], content);
            }
        }

        if (upgrade.IsDamaged)
        {
            upgrade._changes.Clear();
        }

        return upgrade;
    }

    /// <summary>The files that the new values name.</summary>
    public IReadOnlyList<ContentFile> Files =>
    [
        .. _changes.Where(change => change.Inline is not null).Select(change => new ContentFile(
            change.Kind, change.Name, System.Text.Encoding.UTF8.GetBytes(change.Inline!))),
    ];

    /// <summary>Sets the new values.</summary>
    public void Update(WriterConnection writer)
    {
        foreach (var (kind, name, _) in _changes)
        {
            var command = writer.Prepare(
                $"UPDATE crawled_data SET {ContentKinds.Column(kind)} = $p0 WHERE url = $p1", 2);
            command.Parameters[0].Value = name;
            command.Parameters[1].Value = Url;
            command.ExecuteNonQuery();
        }
    }

    private void Plan(StoredRow row, ContentKind kind, string value, string? own, ContentReader content)
    {
        try
        {
            var text = content.Read(row.Url, kind, value, row.Shape.Layout, own);
            if (string.Equals(text, value, StringComparison.Ordinal))
            {
                // Crawl4AI reads Markdown files back in two forms, and some text only in one of them. Where the row is
                // our own, its mark names the text itself.
                var moved = kind == ContentKind.Markdown && own is null
                    ? MarkdownColumn.AsCrawl4AiReads(row.Url, text)
                    : text;
                _changes.Add((kind, XxHash64.Hex(moved), moved));
                return;
            }
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            IsDamaged = true;
            return;
        }

        var end = content.EndOfChain(kind, value, own);
        if (!string.Equals(end, value, StringComparison.Ordinal))
        {
            _changes.Add((kind, end, null));
        }
    }
}
