using System.Collections.Immutable;
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
        foreach (var path in _paths)
        {
            Directory.CreateDirectory(path);
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
