using System.Text;
using System.Text.Json;

namespace Crawl4.Core.Storing;

/// <summary>The JSON object of all forms of a page's Markdown, as Crawl4AI writes it.</summary>
internal static class MarkdownObject
{
    private const string Raw = "raw_markdown";
    private const string Citations = "markdown_with_citations";
    private const string References = "references_markdown";
    private const string Fit = "fit_markdown";
    private const string FitHtml = "fit_html";

    /// <summary>How Crawl4AI's dumps show a property that hides the field of its name.</summary>
    private const string PropertyQuirk = "<property object";

    private static readonly JsonWriterOptions Relaxed =
        new() { Encoder = ReadableJsonEncoder.Instance };

    /// <summary>The object, as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(CacheEntry entry)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString(Raw, Whole(entry.Markdown));
            writer.WriteString(Citations, Whole(entry.MarkdownWithCitations));
            writer.WriteString(References, Whole(entry.ReferencesMarkdown));
            writer.WriteString(Fit, Whole(entry.FitMarkdown));
            writer.WriteString(FitHtml, Whole(entry.FitHtml));
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Gives an entry the Markdown that a store holds, in either form.</summary>
    public static CacheEntry Apply(CacheEntry entry, string stored)
    {
        if (!stored.AsSpan().TrimStart(" \t\r\n").StartsWith("{", StringComparison.Ordinal)
            || !stored.Contains($"\"{Raw}\"", StringComparison.Ordinal))
        {
            return entry with { Markdown = stored };
        }

        try
        {
            using var parsed = JsonDocument.Parse(WithoutLoneSurrogates(stored));
            var root = parsed.RootElement;
            return root.TryGetProperty(Raw, out _) && root.TryGetProperty(Citations, out _)
                && root.TryGetProperty(References, out _)
                ? entry with
                {
                    Markdown = Member(root, Raw),
                    MarkdownWithCitations = Member(root, Citations),
                    ReferencesMarkdown = Member(root, References),
                    FitMarkdown = Member(root, Fit),
                    FitHtml = Member(root, FitHtml),
                }
                : entry with { Markdown = stored };
        }
        catch (JsonException)
        {
            return entry with { Markdown = stored };
        }
    }

    private static string Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && !text.StartsWith(PropertyQuirk, StringComparison.Ordinal)
            ? text : "";

    /// <summary>UTF-8 cannot hold lone surrogates, and the JSON writer refuses them.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Python escapes a lone surrogate as it is; this reader would refuse the whole text for
    /// it.</summary>
    private static string WithoutLoneSurrogates(string json)
    {
        StringBuilder? changed = null;
        for (var i = json.IndexOf('\\', StringComparison.Ordinal);
            i >= 0 && i + 1 < json.Length;
            i = json.IndexOf('\\', i))
        {
            var code = Escaped(json, i);
            if (code is < 0xD800 or > 0xDFFF)
            {
                i += 2;
            }
            else if (code < 0xDC00 && Escaped(json, i + 6) is >= 0xDC00 and <= 0xDFFF)
            {
                i += 12;
            }
            else
            {
                (changed ??= new StringBuilder(json)).Remove(i, 6).Insert(i, "\\ufffd");
                i += 6;
            }

            if (i >= json.Length)
            {
                break;
            }
        }

        return changed?.ToString() ?? json;
    }

    private static int Escaped(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && int.TryParse(json.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture, out var code)
            ? code : -1;
}
