using System.Text.Json;
using System.Text.Json.Serialization;
using Crawl4.Core;

namespace Crawl4.Cli.Output;

/// <summary>Reports as one line of JSON, named as Crawl4AI names things: snake_case.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },

        // For a pipe, not for a page of HTML: text in any script stays readable.
        Encoder = ReadableJsonEncoder.Instance,
    };

    /// <summary>A report with one member more.</summary>
    public static string With<T, TMore>(T report, string name, TMore more)
    {
        var document = JsonSerializer.SerializeToNode(report, Options)!.AsObject();
        document[name] = JsonSerializer.SerializeToNode(more, Options);
        return document.ToJsonString(Options);
    }

    public static string Of<T>(T report) => JsonSerializer.Serialize(report, Options);
}
