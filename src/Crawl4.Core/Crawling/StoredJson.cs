using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Reading;

namespace Crawl4.Core.Crawling;

/// <summary>The structured parts of an entry, out of the JSON text that any version of Crawl4AI or Crawl4 wrote.
/// What is not there, or not of the right kind, is left out.</summary>
internal static class StoredJson
{
    public static PageLinks Links(string text) => Read(text, PageLinks.None, root =>
        new PageLinks(Items(root, "internal", Link), Items(root, "external", Link)));

    public static PageMedia Media(string text) => Read(text, PageMedia.None, root => new PageMedia(
        Items(root, "images", item => Medium(item, "image")),
        Items(root, "videos", item => Medium(item, "video")),
        Items(root, "audios", item => Medium(item, "audio"))));

    public static IReadOnlyDictionary<string, object?> Object(string text) => Read(text, [], Dictionary);

    public static IReadOnlyDictionary<string, string> Headers(string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Object(text))
        {
            headers[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        return headers;
    }

    public static IReadOnlyList<string> Texts(string text) =>
        Read<IReadOnlyList<string>>(text, [], root => Texts(root));

    public static IReadOnlyList<PageTable> Tables(string text) =>
        Read<IReadOnlyList<PageTable>>(text, [], root => root.ValueKind != JsonValueKind.Array ? []
            : [.. root.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(Table)]);

    private static PageTable Table(JsonElement item) => new()
    {
        Headers = item.TryGetProperty("headers", out var headers) ? Texts(headers) : [],
        Rows = item.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array
            ? [.. rows.EnumerateArray().Select(Texts)] : [],
        Caption = Text(item, "caption") ?? "",
        Summary = Text(item, "summary") ?? "",
        Metadata = item.TryGetProperty("metadata", out var metadata) ? Dictionary(metadata) : [],
    };

    private static IReadOnlyList<string> Texts(JsonElement root) => root.ValueKind != JsonValueKind.Array ? []
        : [.. root.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => item.GetString()!)];

    private static T Read<T>(string text, T none, Func<JsonElement, T> read)
    {
        using var document = LenientJson.TryParse(text);
        return document is null ? none : read(document.RootElement);
    }

    private static List<T> Items<T>(JsonElement root, string name, Func<JsonElement, T?> read)
        where T : class
    {
        var items = new List<T>();
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var list)
            && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.Object && read(element) is { } item)
                {
                    items.Add(item);
                }
            }
        }

        return items;
    }

    private static PageLink? Link(JsonElement item) => Text(item, "href") is not { } href ? null : new PageLink
    {
        Href = href,
        Text = Text(item, "text") ?? "",
        Title = Text(item, "title") ?? "",
        BaseDomain = Text(item, "base_domain") ?? "",
        IntrinsicScore = Number(item, "intrinsic_score"),
        ContextualScore = Number(item, "contextual_score"),
        TotalScore = Number(item, "total_score"),
    };

    private static MediaItem? Medium(JsonElement item, string type)
    {
        return Text(item, "src") is not { } src ? null : new MediaItem
        {
            Src = src,
            Alt = Text(item, "alt") ?? "",
            Desc = Text(item, "desc") ?? Text(item, "description") ?? "",
            Score = (int)(Number(item, "score") ?? 0),
            Type = Text(item, "type") ?? type,
            GroupId = (int)(Number(item, "group_id") ?? 0),
            Format = Text(item, "format"),
            Width = Number(item, "width") is { } width ? (int)width : null,
        };
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
            ? number
            : null;

    private static Dictionary<string, object?> Dictionary(JsonElement root)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in root.EnumerateObject())
            {
                values[property.Name] = Value(property.Value);
            }
        }

        return values;
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Dictionary(element),
        _ => null,
    };
}
