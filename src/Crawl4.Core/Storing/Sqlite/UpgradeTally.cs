namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What an upgrade found to do, counted as it goes.</summary>
internal sealed class UpgradeTally(TableShape shape)
{
    private readonly List<string> _damagedUrls = [];
    private long _moved;
    private long _healed;
    private long _damaged;

    public TableShape Shape => shape;

    public List<string> AddedColumns { get; set; } = [];

    public long LinksMoved { get; set; }

    public bool UpToDate => AddedColumns.Count == 0 && _moved == 0 && _healed == 0 && LinksMoved == 0;

    public static UpgradeTally Start(ReaderPool readers, CancellationToken cancellationToken) =>
        readers.Read(new UpgradeTally(TableShape.None), (reader, shape) => new UpgradeTally(shape)
        {
            AddedColumns = [.. CrawledTable.Columns.Where(column => !shape.Has(column))],
            LinksMoved = shape.Has(CrawledTable.OldLinks)
                ? (long)reader.Prepare(UpgradeRows.CountLinks(shape)).ExecuteScalar()! : 0,
        }, cancellationToken);

    public void Count(RowUpgrade upgrade)
    {
        _moved += upgrade.MovesToFiles ? 1 : 0;
        _healed += upgrade.Heals ? 1 : 0;
        if (upgrade.IsDamaged)
        {
            _damaged++;
            if (_damagedUrls.Count < CacheUpgradeReport.MaxListedDamage)
            {
                _damagedUrls.Add(UrlHost.WithoutCredentials(upgrade.Url));
            }
        }
    }

    public CacheUpgradeReport Report(string databasePath, string? backup, bool rehearsal) => new()
    {
        DatabasePath = databasePath,
        BackupPath = backup,
        Rehearsal = rehearsal,
        AddedColumns = AddedColumns,
        EntriesMovedToFiles = _moved,
        EntriesHealed = _healed,
        LinksMoved = LinksMoved,
        EntriesDamaged = _damaged,
        DamagedUrls = _damagedUrls,
    };
}
