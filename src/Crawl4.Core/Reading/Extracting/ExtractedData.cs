using System.Text.Json.Nodes;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>What was extracted from a page.</summary>
/// <param name="Items">The items, in the page's order.</param>
public sealed record ExtractedData(IReadOnlyList<JsonObject> Items)
{
    /// <summary>The items as a JSON array, in the form of Crawl4AI's <c>extracted_content</c>: indented by four
    /// spaces, and text outside ASCII as it is.</summary>
    public string ToJson() => ExtractedJson.Write(Items);
}
