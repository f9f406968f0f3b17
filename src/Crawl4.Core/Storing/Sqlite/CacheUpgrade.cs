using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Brings an old cache to the current layout. Content goes to files first, in small transactions,
/// then the columns are added: a run that is killed leaves rows of both kinds, which any reader of ours
/// understands, and which the next run finishes.</summary>
internal sealed class CacheUpgrade(
    SqliteStoreOptions options, ReaderPool readers, EntryReading entries, ContentReader content,
    ContentFolders folders, ContentWriter files, EntryFiles entryFiles, WriteQueue queue)
{
    public async Task<CacheUpgradeReport> RunAsync(bool rehearse, CancellationToken cancellationToken)
    {
        var plan = await ScanAsync(apply: false, cancellationToken).ConfigureAwait(false);
        if (rehearse || plan.UpToDate)
        {
            if (!rehearse && plan.Shape.Exists)
            {
                Stamp();
            }

            return plan.Report(options.Folder.DatabasePath, backup: null, rehearse);
        }

        var backup = await Task.Run(
            () => new CacheBackup(options, new BusyWait(options)).Make(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        folders.Create();
        var done = await ScanAsync(apply: true, cancellationToken).ConfigureAwait(false);
        done.AddedColumns = plan.AddedColumns;
        done.LinksMoved = plan.LinksMoved;
        await FinishAsync(done, cancellationToken).ConfigureAwait(false);
        Stamp();
        return done.Report(options.Folder.DatabasePath, backup, rehearsal: false);
    }

    /// <summary>From here on Crawl4AI must not migrate the cache again: it would hash the hashes.</summary>
    private void Stamp() => VersionStamp.RaiseTo(options.Folder, VersionStamp.Current);

    private async Task<UpgradeTally> ScanAsync(bool apply, CancellationToken cancellationToken)
    {
        var tally = await Task.Run(() => UpgradeTally.Start(readers, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        byte[] after = [];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cursor = after;
            var keys = await Task.Run(() => ReadKeys(cursor, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (keys.Count == 0)
            {
                return tally;
            }

            after = keys[^1];
            string[] urls = [.. keys.Select(Encoding.UTF8.GetString)];
            var upgrades = await Task.Run(() => Plan(urls, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            upgrades.ForEach(tally.Count);
            if (apply)
            {
                await ApplyAsync(upgrades.FindAll(upgrade => upgrade.ChangesAnything), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private List<byte[]> ReadKeys(byte[] after, CancellationToken cancellationToken) => readers.Read([], (reader, shape) =>
    {
        var command = reader.Prepare(
            $"SELECT {shape.SelectKey("url")} FROM crawled_data WHERE url > CAST($after AS TEXT) AND typeof(url) = 'text'"
            + $" ORDER BY url LIMIT {EntryReading.BatchSize}");
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$after", shape.BindKey(after));
        using var found = command.ExecuteReader();
        var keys = new List<byte[]>();
        while (found.Read())
        {
            keys.Add(TableShape.ReadKey(found));
        }

        return keys;
    }, cancellationToken);

    private List<RowUpgrade> Plan(string[] urls, CancellationToken cancellationToken) =>
        [.. entries.ReadRows(urls, cancellationToken).Values.Select(row => RowUpgrade.Plan(row, content))];

    /// <summary>Files first, many at a time and before the lock is taken; then the rows, as they are by
    /// then.</summary>
    private async Task ApplyAsync(List<RowUpgrade> upgrades, CancellationToken cancellationToken)
    {
        if (upgrades.Count == 0)
        {
            return;
        }

        await Task.WhenAll(upgrades.Select(upgrade => entryFiles.WriteAsync(() => upgrade.Files)))
            .ConfigureAwait(false);
        string[] urls = [.. upgrades.Select(upgrade => upgrade.Url)];
        var job = new WriteJob<bool>(writer => UpdateRows(writer, urls), grouped: true, cancellationToken)
        {
            Folders = ContentKinds.All,
        };
        queue.Add(job);
        await job.Answer.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private bool UpdateRows(WriterConnection writer, string[] urls)
    {
        foreach (var url in urls)
        {
            if (UpgradeRows.Read(writer, url) is { } row)
            {
                UpdateRow(writer, row);
            }
        }

        return true;
    }

    private void UpdateRow(WriterConnection writer, StoredRow row)
    {
        var upgrade = RowUpgrade.Plan(row, content);
        foreach (var (kind, name, inline) in upgrade.Changes)
        {
            if (inline is not null && !File.Exists(folders.File(kind, name)))
            {
                // The row was written again since its files were.
                foreach (var file in upgrade.Files)
                {
                    files.Write(file.Kind, file.Name, file.Bytes);
                }

                folders.Flush(ContentKinds.All);
            }
        }

        upgrade.Update(writer);
    }

    /// <summary>The columns, and whatever was written inline meanwhile, in one transaction: from its commit
    /// on the table says of itself that content is in files.</summary>
    private async Task FinishAsync(UpgradeTally tally, CancellationToken cancellationToken)
    {
        var job = new WriteJob<bool>(writer =>
        {
            foreach (var url in UpgradeRows.StillInline(writer, folders))
            {
                UpdateRows(writer, [url]);
            }

            var kept = UpgradeRows.OursWithKept(writer, content);
            UpgradeRows.AddColumns(writer, tally.AddedColumns);
            UpgradeRows.MoveLinks(writer);
            UpgradeRows.FillFromSide(writer, kept, files);
            folders.Flush(ContentKinds.All);
            return true;
        }, grouped: true, cancellationToken);
        queue.Add(job);
        await job.Answer.ConfigureAwait(false);
    }
}
