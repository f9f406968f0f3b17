using System.Text.Json.Nodes;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading.Extracting;

namespace Crawl4.Core.LanguageModels.Schemas;

/// <summary>What came of running a schema on the samples.</summary>
/// <param name="Schema">The schema, where it is one that finds items in every sample.</param>
/// <param name="Json">Its text.</param>
/// <param name="Items">What it finds.</param>
/// <param name="Problem">What is wrong with it, for the model. Empty where nothing is.</param>
internal sealed record SchemaTrial(
    ExtractionSchema? Schema, string Json, IReadOnlyList<JsonObject> Items, string Problem)
{
    /// <summary>Runs the schema of an answer.</summary>
    public static SchemaTrial Run(
        string answer, SchemaRequest request, IReadOnlyCollection<string> wanted, CancellationToken cancellationToken)
    {
        var json = FindSchema(answer);
        if (json is null)
        {
            return Failed("", "The answer has no JSON object with baseSelector and fields.");
        }

        try
        {
            var schema = ExtractionSchema.Parse(json);
            var extractor = new SchemaExtractor(schema, request.SchemaType);
            var items = new List<JsonObject>();
            for (var sample = 0; sample < request.Samples.Count; sample++)
            {
                var found = extractor.Extract(request.Samples[sample], "", cancellationToken).Items;
                if (found.Count == 0)
                {
                    return Failed(json, $"The schema finds no item in sample {sample + 1}: baseSelector matches nothing, "
                        + "or no field has a value.");
                }

                items.AddRange(found);
            }

            return new SchemaTrial(schema, json, items, ProblemOf(schema, items, wanted));
        }
        catch (Crawl4Exception failure)
        {
            return Failed(json, $"{failure.Message} {failure.Error.Advice}");
        }
    }

    private static SchemaTrial Failed(string json, string problem) => new(null, json, [], problem);

    private static string ProblemOf(
        ExtractionSchema schema, List<JsonObject> items, IReadOnlyCollection<string> wanted)
    {
        var named = schema.BaseFields.Concat(schema.Fields).Select(field => field.Name).ToList();
        var missing = wanted.Except(named, StringComparer.Ordinal).ToList();
        var empty = named.Distinct(StringComparer.Ordinal)
            .Where(name => !items.Exists(item => HasValue(item[name]))).ToList();
        var problem = missing.Count > 0 ? $"Fields that are wanted are missing: {string.Join(", ", missing)}. " : "";
        problem += empty.Count > 0 ? $"Fields without a value in any item: {string.Join(", ", empty)}." : "";
        return problem.Trim();
    }

    private static bool HasValue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject fields => fields.Count > 0,
        _ => value.ToString().Length > 0,
    };

    /// <summary>The first object that is a schema, or has one as its only property.</summary>
    private static string? FindSchema(string answer)
    {
        foreach (var found in AnswerItems.Read(answer, _ => true).Items)
        {
            var inner = found is { Count: 1 } ? found.First().Value as JsonObject : null;
            if ((found.ContainsKey("baseSelector") ? found : inner) is { } schema && schema.ContainsKey("baseSelector"))
            {
                return schema.ToJsonString();
            }
        }

        return null;
    }
}
