namespace Crawl4.Bench.Backfilling;

/// <summary>A copy of a cache that a measurement may write to.</summary>
internal sealed class FolderCopy : IDisposable
{
    public FolderCopy(string source)
    {
        Path = Directory.CreateTempSubdirectory("crawl4-bench-").FullName;
        foreach (var file in Directory.EnumerateFiles(
            source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            // What it is copied from may be read-only.
            File.SetAttributes(target, FileAttributes.Normal);
        }
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
