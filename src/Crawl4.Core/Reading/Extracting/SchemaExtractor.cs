using System.Text.Json.Nodes;
using Crawl4.Core.Reading.Extracting.Selecting;

namespace Crawl4.Core.Reading.Extracting;

/// <summary>Extracts items from HTML by a schema, as Crawl4AI's JsonCss, JsonLxml and JsonXPath strategies do.
/// Properties for which nothing is found are left out, and so are items without any. No code in a schema is run. On a
/// page that a schema cannot be worked through in 30 seconds, or whose items would hold more than 64 times the page,
/// it stops with an error.</summary>
public sealed class SchemaExtractor : IExtractor
{
    private readonly ISelection _items;
    private readonly FieldReading[] _fields;
    private readonly TimeProvider _time;

    /// <summary>Makes a schema ready for pages.</summary>
    /// <param name="schema">What to extract.</param>
    /// <param name="kind">How its selectors are written, where that is not as the schema says.</param>
    /// <param name="time">Measures how long a page takes; the system's by default.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a selector, pattern, group
    /// or source is not one; the message names the field.</exception>
    public SchemaExtractor(ExtractionSchema schema, SchemaKind? kind = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var written = kind ?? schema.Kind;
        _time = time ?? TimeProvider.System;
        _items = Selections.Compile(schema.BaseSelector, written, "baseSelector", isBase: true);
        _fields =
        [
            .. FieldReading.CompileAll(schema.BaseFields, written, "baseFields"),
            .. FieldReading.CompileAll(schema.Fields, written, "fields"),
        ];
        Fingerprint = ExtractionFingerprint.Of("schema", schema with { Kind = written, Name = "" });
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public ExtractedData Extract(string content, string url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        cancellationToken.ThrowIfCancellationRequested();
        var page = new ExtractionPage(content, _time, cancellationToken);
        var items = new List<JsonObject>();
        foreach (var found in _items.Find(page.Document, page))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = FieldReading.ReadAll(_fields, found, page);
            if (item.Count > 0)
            {
                items.Add(item);
            }
        }

        return new ExtractedData(items);
    }
}
