namespace Crawl4.Cli.Demo;

/// <summary>A fresh folder for the demo's cache, gone when the demo ends, however it ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crawl4-demo-").FullName;

    /// <summary>The same once more, as it is now.</summary>
    public DemoFolder Copy()
    {
        var copy = new DemoFolder();
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has tidied up before us: that is all that was wanted.
        }
    }
}
