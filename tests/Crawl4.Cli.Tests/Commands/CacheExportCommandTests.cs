using System.Text.Json;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Cli.Tests.Commands;

public sealed class CacheExportCommandTests : IDisposable
{
    private readonly CliRun _run = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("jsonl", "entries")]
    [InlineData("dynamodb-json", "results")]
    public async Task ExportThenImport_AnotherCache_HasEverything(string format, string subfolder)
    {
        await FillAsync();
        var export = Path.Combine(_folder.Path, "export");
        Assert.Equal(0, await _run.RunAsync("cache", "export", export, "--format", format, "--json"));
        Assert.Equal(format, JsonDocument.Parse(_run.Output).RootElement.GetProperty("format").GetString());
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(export, subfolder)));
        using var other = new CliRun();
        Assert.Equal(0, await other.RunAsync("cache", "import", export, "--dry-run"));
        Assert.Contains("whole: 3 entries", other.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(other.BaseDirectory));
        Assert.Equal(0, await other.RunAsync("cache", "import", export));
        Assert.Contains("Imported 3 entries of 3", other.Output, StringComparison.Ordinal);
        Assert.Equal(0, await other.RunAsync("cache", "import", export));
        Assert.Contains("3 were there already", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NoExport_SaysSo()
    {
        Assert.Equal(1, await _run.RunAsync("cache", "import", _folder.Path));
        Assert.Contains("no manifest.json", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_DamagedEntry_IsOnStandardErrorAndFails()
    {
        await FillAsync();
        var content = Path.Combine(CacheFolder.Resolve(_run.BaseDirectory, _ => null).Path, "html_content");
        File.Delete(Directory.GetFiles(content)[0]);
        Assert.Equal(1, await _run.RunAsync("cache", "export", _folder.Path));
        Assert.Contains("Not exported: https://e/", _run.Error, StringComparison.Ordinal);
        Assert.Contains("1 entry could not be exported", _run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("export", "")]
    [InlineData("export", "x", "--format", "csv")]
    [InlineData("import")]
    public async Task WrongArguments_AreWrongUsage(params string[] args) =>
        Assert.Equal(2, await _run.RunAsync(["cache", .. args]));

    private async Task FillAsync()
    {
        await using var store = new SqliteCacheStore(new SqliteStoreOptions
        {
            Folder = CacheFolder.Resolve(_run.BaseDirectory, _ => null),
        });
        await store.PutManyAsync([.. Enumerable.Range(0, 3).Select(i => new CacheEntry
        {
            Url = $"https://e/{i}", Html = $"<p>page {i}</p>",
        })], default);
    }
}
