using System.Text.Json;

namespace Crawl4.Testing;

/// <summary>One of the shared pages: its bytes, and how it was served. <paramref name="GoldenPath"/> names
/// what Crawl4AI made of it (gzip JSON).</summary>
public sealed record SharedPage(
    string Path, string FilePath, string GoldenPath, int Status, IReadOnlyDictionary<string, string> Headers,
        bool Real)
{
    /// <summary>All pages of index.json. Needs <see cref="Requirement.SharedData"/>.</summary>
    public static IReadOnlyList<SharedPage> ReadAll()
    {
        var folder = Requirement.SharedDataFolder;
        using var index = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, "index.json")));
        return [.. index.RootElement.EnumerateArray().Select(row => new SharedPage(
            row.GetProperty("path").GetString()!,
            System.IO.Path.Combine(folder, row.GetProperty("page").GetString()!),
            System.IO.Path.Combine(folder, row.GetProperty("golden").GetString()!),
            row.GetProperty("status").GetInt32(),
            row.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!),
            row.GetProperty("real").GetBoolean()))];
    }

    public byte[] ReadBytes() => File.ReadAllBytes(FilePath);
}
