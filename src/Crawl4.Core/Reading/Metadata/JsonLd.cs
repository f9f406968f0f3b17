using System.Text.Json;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Metadata;

/// <summary>Reads a page's JSON-LD as plain dictionaries, lists and values. What cannot be parsed is left
/// out.</summary>
internal static class JsonLd
{
    /// <summary>Blocks of a page.</summary>
    private const int MaxBlocks = 50;

    /// <summary>Characters of all blocks together. More is no description of a page.</summary>
    private const int MaxLength = 500_000;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    private static readonly (string Start, string End)[] Wrappers =
        [("<!--", "-->"), ("<![CDATA[", "]]>"), ("//<![CDATA[", "//]]>")];

    public static List<object?> Read(IEnumerable<IElement> scripts)
    {
        var blocks = new List<object?>();
        var length = 0;
        foreach (var script in scripts)
        {
            var text = Unwrapped(script.TextContent);
            length += text.Length;
            if (blocks.Count >= MaxBlocks || length > MaxLength)
            {
                break;
            }

            try
            {
                using var document = JsonDocument.Parse(text, Lenient);
                blocks.Add(Value(document.RootElement));
            }
            catch (Exception cause) when (cause is JsonException or InvalidOperationException or ArgumentException)
            {
                // A page's fault, and nobody else's: lone surrogates are the other kinds, escaped or as they are.
            }
        }

        return blocks;
    }

    public static bool Is(IElement script) => script.LocalName == "script"
        && (script.GetAttribute("type") ?? "").Split(';')[0].Trim()
            .Equals("application/ld+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first text under a name, outer objects before those within.</summary>
    public static string? Find(IEnumerable<object?> blocks, string name)
    {
        var waiting = new Queue<object?>(blocks);
        while (waiting.TryDequeue(out var value))
        {
            if (value is IReadOnlyDictionary<string, object?> values)
            {
                if (values.GetValueOrDefault(name) is string { Length: > 0 } found)
                {
                    return found.Trim();
                }

                foreach (var within in values.Values)
                {
                    waiting.Enqueue(within);
                }
            }
            else if (value is List<object?> items)
            {
                items.ForEach(waiting.Enqueue);
            }
        }

        return null;
    }

    /// <summary>Some put their JSON into a comment or a CDATA section for readers of long ago.</summary>
    private static string Unwrapped(string text)
    {
        var trimmed = text.AsSpan().Trim().TrimEnd(';');
        foreach (var (start, end) in Wrappers)
        {
            if (trimmed.StartsWith(start, StringComparison.Ordinal)
                && trimmed.EndsWith(end, StringComparison.Ordinal)
                && trimmed.Length >= start.Length + end.Length)
            {
                trimmed = trimmed[start.Length..^end.Length];
            }
        }

        return trimmed.ToString();
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Members(element),
        _ => null,
    };

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = Value(member.Value);
        }

        return members;
    }
}
