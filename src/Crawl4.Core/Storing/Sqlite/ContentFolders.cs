using System.Collections.Immutable;
using Crawl4.Core.Files;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>The five folders of content files.</summary>
internal sealed class ContentFolders(CacheFolder folder)
{
    private readonly ImmutableArray<string> _paths =
        [.. ContentKinds.All.Select(kind => Path.Combine(folder.Path, ContentKinds.Folder(kind)))];

    public string this[ContentKind kind] => _paths[(int)kind];

    public string File(ContentKind kind, string name) => string.Concat(_paths[(int)kind], "/", name);

    public void Create()
    {
        var hadFolder = Directory.Exists(folder.Path);
        foreach (var path in _paths)
        {
            Directory.CreateDirectory(path);
        }

        // A new folder's own name is as perishable as a file's.
        DirectorySync.Flush(folder.Path);
        if (!hadFolder && Path.GetDirectoryName(folder.Path) is { } above)
        {
            DirectorySync.Flush(above);
        }
    }

    /// <summary>Makes the names in these folders durable.</summary>
    public void Flush(IEnumerable<ContentKind> kinds)
    {
        foreach (var kind in kinds)
        {
            DirectorySync.Flush(_paths[(int)kind]);
        }
    }
}
