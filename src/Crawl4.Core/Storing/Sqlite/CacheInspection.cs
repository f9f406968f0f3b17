using System.Buffers.Text;
using System.Globalization;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Looks through a whole cache without changing anything.</summary>
internal sealed class CacheInspection(ReaderPool readers, ContentFolders folders)
{
    /// <summary>More complaints than this a person would not read.</summary>
    private const int MostErrors = 20;

    public SqliteInspection Inspect(CancellationToken cancellationToken)
    {
        var (errors, keyless) = readers.Read(([], 0L), (reader, _) => (
            ReadErrors(reader),
            (long)reader.Prepare("SELECT count(*) FROM crawled_data WHERE typeof(url) <> 'text'").ExecuteScalar()!),
            cancellationToken);
        var files = 0L;
        var bytes = 0L;
        foreach (var kind in ContentKinds.All.Where(kind => Directory.Exists(folders[kind])))
        {
            var named = NamedBy(kind, cancellationToken);
            foreach (var file in new DirectoryInfo(folders[kind]).EnumerateFiles())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ContentName.IsName(file.Name) && !named.Contains(ContentName.Hash(file.Name)))
                {
                    files++;
                    bytes += file.Length;
                }
            }
        }

        return new SqliteInspection
        {
            IntegrityErrors = errors, KeylessRows = keyless, OrphanedFiles = files, OrphanedBytes = bytes,
        };
    }

    private static List<string> ReadErrors(ReaderConnection reader)
    {
        var errors = new List<string>();
        using var rows = reader.Prepare($"PRAGMA integrity_check({MostErrors})").ExecuteReader();
        while (rows.Read())
        {
            errors.Add(rows.GetString(0));
        }

        return errors is ["ok"] ? [] : errors;
    }

    /// <summary>The names of files that rows need, as numbers: a million take 30 MB. A hash may name a file that holds
    /// nothing but another hash, and so on.</summary>
    private HashSet<ulong> NamedBy(ContentKind kind, CancellationToken cancellationToken)
    {
        var named = readers.Read(new HashSet<ulong>(), (reader, shape) => ReadNames(reader, shape, kind), cancellationToken);
        var waiting = new Queue<ulong>(named);
        while (waiting.TryDequeue(out var name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Inner(kind, name) is { } inner && named.Add(inner))
            {
                waiting.Enqueue(inner);
            }
        }

        return named;
    }

    private static HashSet<ulong> ReadNames(ReaderConnection reader, TableShape shape, ContentKind kind)
    {
        var names = new HashSet<ulong>();
        var column = ContentKinds.Column(kind);
        if (!shape.Has(column))
        {
            return names;
        }

        using var rows = reader.Prepare($"SELECT {column} FROM crawled_data WHERE octet_length({column}) = 16").ExecuteReader();
        while (rows.Read())
        {
            if (ColumnValue.Text(rows, 0) is { } name && ContentName.IsName(name))
            {
                names.Add(ContentName.Hash(name));
            }
        }

        return names;
    }

    private ulong? Inner(ContentKind kind, ulong name)
    {
        var file = new FileInfo(folders.File(kind, name.ToString("x16", CultureInfo.InvariantCulture)));
        return file is { Exists: true, Length: ContentName.Length }
            && Utf8Parser.TryParse(File.ReadAllBytes(file.FullName), out ulong inner, out var used, 'x')
            && used == ContentName.Length ? inner : null;
    }
}
