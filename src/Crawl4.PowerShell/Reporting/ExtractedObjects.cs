using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using Crawl4.Core.Crawling;

namespace Crawl4.PowerShell.Reporting;

/// <summary>Extracted data as objects, whose properties are what a schema names.</summary>
internal static class ExtractedObjects
{
    /// <summary>One object an item. None where nothing was extracted.</summary>
    public static IEnumerable<object?> Of(CrawlResult result)
    {
        if (result.ExtractedContent is not { } json)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(Value)]
            : [Value(document.RootElement)];
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject Object(JsonElement element)
    {
        var item = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            // PowerShell's names have no case, a schema's have; an empty one cannot be asked for.
            var name = property.Name.Length > 0 ? property.Name : "_";
            for (var number = 2; item.Properties[name] is not null; number++)
            {
                name = property.Name + number.ToString(CultureInfo.InvariantCulture);
            }

            item.Properties.Add(new PSNoteProperty(name, Value(property.Value)));
        }

        return item;
    }
}
