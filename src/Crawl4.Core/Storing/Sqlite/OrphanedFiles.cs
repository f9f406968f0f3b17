using System.Buffers.Binary;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>Content files that no row names. Names are held in a Bloom filter, so that memory is the same for a
/// thousand and for ten million of them: what it does not know belongs to nobody, and of a million orphans it takes
/// about one for a file that is named.</summary>
internal sealed class OrphanedFiles(
    SqliteStoreOptions options, ReaderPool readers, ContentReader content, ContentFolders folders)
{
    /// <summary>16 MiB of bits: a million names fill 3 % of them.</summary>
    private const int FilterBits = 1 << 27;

    private const int HashesPerName = 4;
    private const int PageKeys = 10_000;

    public async IAsyncEnumerable<OrphanedContent> ListAsync(
        TimeSpan safeAge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in ContentKinds.All.Where(kind => Directory.Exists(folders[kind])))
        {
            var named = await Task.Run(() => Named(kind, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var path in Directory.EnumerateFiles(folders[kind]))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Find(path, safeAge) is { } orphan && !named.Has(Path.GetFileName(path)))
                {
                    yield return orphan;
                }
            }
        }
    }

    /// <summary>Deletes a file that no row names, while nobody else can write one: our own writers look whether their
    /// files are still there once they hold the database.</summary>
    public bool Sweep(WriterConnection writer, OrphanedContent orphan, TimeSpan safeAge)
    {
        var path = Path.Combine(options.Folder.Path, orphan.Name);
        var kind = ContentKinds.All.FirstOrDefault(kind => folders[kind] == Path.GetDirectoryName(path));
        if (Path.GetDirectoryName(path) != folders[kind] || Find(path, safeAge) is null
            || IsNamed(writer, kind, Path.GetFileName(path)))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private OrphanedContent? Find(string path, TimeSpan safeAge)
    {
        var file = new FileInfo(path);
        return ContentName.IsName(file.Name) && file.Exists
            && options.TimeProvider.GetUtcNow() - file.LastWriteTimeUtc > safeAge
                ? new OrphanedContent(
                    Path.GetRelativePath(options.Folder.Path, path), "", file.Length, file.LastWriteTimeUtc)
                : null;
    }

    private NameFilter Named(ContentKind kind, CancellationToken cancellationToken)
    {
        var names = new NameFilter();
        var column = ContentKinds.Column(kind);
        byte[]? after = [];
        while (after is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = after;
            after = readers.Read<byte[]?>(null, (reader, shape) =>
                shape.Has(column) ? AddPage(reader, shape, column, from, names) : null, cancellationToken);
        }

        foreach (var link in Directory.EnumerateFiles(folders[kind]).Select(path => Link(kind, path)))
        {
            names.Add(link);
        }

        return names;
    }

    private static byte[]? AddPage(
        ReaderConnection reader, TableShape shape, string column, byte[] after, NameFilter names)
    {
        var command = reader.Prepare($"SELECT {shape.SelectKey("url")}, CASE WHEN octet_length({column}) = 16 THEN {column} END"
            + $" FROM crawled_data WHERE url > CAST($after AS TEXT) ORDER BY url LIMIT {PageKeys}");
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$after", shape.BindKey(after));
        using var found = command.ExecuteReader();
        byte[]? last = null;
        while (found.Read())
        {
            last = TableShape.ReadKey(found);
            names.Add(ColumnValue.Text(found, 1) ?? "");
        }

        return last;
    }

    /// <summary>The name that a file of hashes of hashes holds, whoever it belongs to; else empty.</summary>
    private string Link(ContentKind kind, string path)
    {
        var name = Path.GetFileName(path);
        return ContentName.IsName(name) && content.Length(kind, name) == ContentName.Length
            && content.TryReadFile(kind, name, out var text) && ContentName.IsName(text ?? "") ? text! : "";
    }

    private static bool IsNamed(WriterConnection writer, ContentKind kind, string name)
    {
        var column = ContentKinds.Column(kind);
        if (!writer.Shape.Has(column))
        {
            return false;
        }

        var command = writer.Prepare($"SELECT EXISTS (SELECT 1 FROM crawled_data WHERE {column} = $p0)", 1);
        command.Parameters[0].Value = name;
        return (long)command.ExecuteScalar()! != 0;
    }

    private sealed class NameFilter
    {
        private readonly BitArray _bits = new(FilterBits);

        public void Add(string name)
        {
            foreach (var bit in Bits(name))
            {
                _bits[bit] = true;
            }
        }

        public bool Has(string name) => Array.TrueForAll(Bits(name), bit => _bits[bit]);

        private static int[] Bits(string name)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
            var bits = new int[HashesPerName];
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] = (int)(BinaryPrimitives.ReadUInt32LittleEndian(hash[(i * sizeof(uint))..]) % FilterBits);
            }

            return bits;
        }
    }
}
