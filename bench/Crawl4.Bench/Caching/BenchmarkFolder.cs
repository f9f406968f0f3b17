namespace Crawl4.Bench.Caching;

/// <summary>A folder of one run.</summary>
internal sealed class BenchmarkFolder(string parent) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(parent, "crawl4-bench-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
