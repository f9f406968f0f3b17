namespace Crawl4.Cli.Demo;

/// <summary>A fresh folder for the demo's cache, gone when the demo ends, however it ends.</summary>
internal sealed class DemoFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crawl4-demo-").FullName;

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
