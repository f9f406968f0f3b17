using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crawl4.Core.Reading;

namespace Crawl4.Quality;

/// <summary>Pages and what Crawl4AI made of them, read from a folder, each page by us at most once with the default
/// options.</summary>
public sealed class QualityData
{
    private readonly string _folder;
    private readonly Lazy<IReadOnlyList<QualityPage>> _pages;
    private readonly Dictionary<string, ReadPage> _read = new(StringComparer.Ordinal);

    public QualityData(string folder)
    {
        _folder = folder;
        _pages = new(Load);
    }

    public IReadOnlyList<QualityPage> Pages => _pages.Value;

    /// <summary>Pages from the public web.</summary>
    public IReadOnlyList<QualityPage> RealPages => [.. Pages.Where(page => page.IsReal)];

    /// <summary>Pages that Crawl4AI could read.</summary>
    public IReadOnlyList<QualityPage> ReadByCrawl4Ai =>
        [.. Pages.Where(page => page.Golden.GetProperty("scrape_success").GetBoolean())];

    public ReadPage Read(QualityPage page)
    {
        lock (_read)
        {
            if (!_read.TryGetValue(page.Path, out var read))
            {
                _read.Add(page.Path, read = Read(page, ReadingOptions.Default));
            }

            return read;
        }
    }

    public static ReadPage Read(QualityPage page, ReadingOptions options) =>
        new PageReader().ReadHtml(page.Html, page.Url, options, CancellationToken.None);

    /// <summary>What Crawl4AI gave for cases of one kind.</summary>
    public JsonElement Golden(params string[] path)
    {
        using var file = File.OpenRead(Path.Combine([_folder, .. path]));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var golden = JsonDocument.Parse(unzipped);
        return golden.RootElement.Clone();
    }

    private List<QualityPage> Load()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "index.json")));
        return [.. index.RootElement.EnumerateArray().Select(Load)];
    }

    private QualityPage Load(JsonElement row)
    {
        var golden = Golden(row.GetProperty("golden").GetString()!);
        var bytes = File.ReadAllBytes(Path.Combine(_folder, row.GetProperty("page").GetString()!));
        var charset = golden.GetProperty("encoding_used").GetString() ?? "utf-8";
        return new QualityPage(
            row.GetProperty("path").GetString()!,
            golden.GetProperty("url").GetString()!,
            Encoding.GetEncoding(charset).GetString(bytes).TrimStart('\uFEFF'),
            row.GetProperty("real").GetBoolean(),
            golden);
    }
}

/// <summary>A page with what Crawl4AI made of it.</summary>
public sealed record QualityPage(string Path, string Url, string Html, bool IsReal, JsonElement Golden);
