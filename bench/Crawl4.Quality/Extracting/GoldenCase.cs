using System.Text.Json;
using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Quality.Extracting;

/// <summary>A schema that Crawl4AI was run with on a page, and what it gave. The page is null where it is not among
/// those that are there, the result where Crawl4AI failed.</summary>
internal sealed record GoldenCase(
    string Strategy, string Schema, string SchemaName, string Source, string? Html, JsonArray? Expected)
{
    public SchemaKind Kind => Strategy switch
    {
        "JsonCssExtractionStrategy" => SchemaKind.Css,
        "JsonLxmlExtractionStrategy" => SchemaKind.Lxml,
        "JsonXPathExtractionStrategy" => SchemaKind.XPath,
        _ => throw new InvalidOperationException($"no extractor for {Strategy}"),
    };

    public static List<JsonElement> Rows(QualityData data) =>
        [.. data.Golden("golden-extract", "extract.json.gz").EnumerateArray()];

    public static List<GoldenCase> ReadSchemas(QualityData data)
    {
        var rows = Rows(data);
        var pages = data.Pages.ToDictionary(page => page.Path, page => page.Html);
        foreach (var row in rows.Where(
            row => row.TryGetProperty("content", out _) && row.GetProperty("input").ValueEquals("html")))
        {
            pages[row.GetProperty("source").GetString()!] = row.GetProperty("content").GetString()!;
        }

        return [.. rows.Where(row => row.TryGetProperty("schema", out _)).Select(row => Read(row, pages))];
    }

    private static GoldenCase Read(JsonElement row, Dictionary<string, string> pages)
    {
        var source = row.GetProperty("source").GetString()!;
        var schema = row.GetProperty("schema");
        return new GoldenCase(
            row.GetProperty("strategy").GetString()!,
            schema.GetRawText(),
            schema.GetProperty("name").GetString()!,
            source,
            source.StartsWith("inline:", StringComparison.Ordinal)
                ? source["inline:".Length..] : pages.GetValueOrDefault(source),
            row.TryGetProperty("result", out var result) ? JsonNode.Parse(result.GetRawText())!.AsArray() : null);
    }
}
