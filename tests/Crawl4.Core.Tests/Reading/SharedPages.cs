using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Tests.Reading;

/// <summary>The pages beside the repository, with what Crawl4AI made of each.</summary>
internal static class SharedPages
{
    private static readonly Lazy<IReadOnlyList<SharedPage>> Loaded = new(Load);

    public static IReadOnlyList<SharedPage> All => Loaded.Value;

    public static ReadPage Read(SharedPage page) => Read(page, ReadingOptions.Default);

    public static ReadPage Read(SharedPage page, ReadingOptions options) => new PageReader().ReadHtml(
        page.Html, page.Url, options, CancellationToken.None);

    private static List<SharedPage> Load()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var folder = Requirement.SharedDataFolder;
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        return [.. index.RootElement.EnumerateArray().Select(row => Load(folder, row))];
    }

    private static SharedPage Load(string folder, JsonElement row)
    {
        using var file = File.OpenRead(Path.Combine(folder, row.GetProperty("golden").GetString()!));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var golden = JsonDocument.Parse(unzipped);
        var bytes = File.ReadAllBytes(Path.Combine(folder, row.GetProperty("page").GetString()!));
        var charset = golden.RootElement.GetProperty("encoding_used").GetString() ?? "utf-8";
        return new SharedPage(
            row.GetProperty("path").GetString()!,
            golden.RootElement.GetProperty("url").GetString()!,
            Encoding.GetEncoding(charset).GetString(bytes).TrimStart('\uFEFF'),
            row.GetProperty("real").GetBoolean(),
            golden.RootElement.Clone());
    }
}

internal sealed record SharedPage(string Path, string Url, string Html, bool IsReal, JsonElement Golden)
{
    /// <summary>False where Crawl4AI could not read the page.</summary>
    public bool WasRead => Golden.GetProperty("scrape_success").GetBoolean();
}
