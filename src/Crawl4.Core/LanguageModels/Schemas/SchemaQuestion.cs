using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Schemas;

/// <summary>Writes the question for a schema.</summary>
internal static class SchemaQuestion
{
    private const string Format =
        """
        Write a JSON schema for extraction: which elements of a page are items, and which fields an item has. It is an
        object with
        - "name": what the items are,
        - "baseSelector": a selector that matches every item's element, and nothing else,
        - "baseFields" (optional): fields taken from the item's own element, mostly attributes,
        - "fields": a list of fields.
        A field is an object with "name", "type", and mostly "selector", which is relative to the item's element. Types:
        - "text": the element's text; "html": its markup,
        - "attribute": the value of the attribute named by "attribute",
        - "regex": what group 1 of the regular expression in "pattern" matches in the element's text,
        - "nested": one object, "list": a list of objects, "nested_list": a list of objects that may nest; these three
          have "fields" of their own, relative to the element of their selector.
        A field may have "default" for where nothing is found, and "transform": lowercase, uppercase or strip.
        Prefer selectors that will hold on other pages of the site: classes with meaning, data attributes, ids and roles
        rather than positions or names that look generated.
        """;

    private const string Css = "Selectors are CSS.";

    private const string XPath =
        "Selectors are XPath 1.0: baseSelector begins with //, those of fields with .// since they are relative.";

    private const string Reduced =
        """
        The page is shown shortened: texts and values that end in ... go on, and a comment says how many like siblings
        were left out.
        """;

    public static ChatRequest Of(SchemaRequest request)
    {
        var parts = new List<string> { Format, request.SchemaType == SchemaKind.XPath ? XPath : Css, Reduced };
        if (request.Query.Length > 0)
        {
            parts.Add($"What is wanted: {request.Query}");
        }

        if (request.TargetJsonExample.Length > 0)
        {
            parts.Add($"An item shall have the properties of this example: {request.TargetJsonExample}");
        }

        parts.Add("Answer with the JSON object alone.");
        parts.Add(QuotedText.Rule);
        var share = request.MaxSampleCharacters / request.Samples.Count;
        var samples = request.Samples.Select(
            (html, index) => QuotedText.Of(SampleHtml.Of(html, share), "", index, request.Samples.Count));
        return new ChatRequest(string.Join("\n\n", parts), string.Join("\n\n", samples)) { AsJson = true };
    }

    /// <summary>What the model is told of a schema that does not do.</summary>
    public static string Reply(string problem) =>
        $"That schema was run on the whole page. {problem} Correct it, and answer with the whole JSON object alone.";
}
