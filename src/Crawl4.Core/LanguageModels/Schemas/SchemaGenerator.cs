using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Schemas;

/// <summary>Has a language model write an extraction schema for pages of one kind, once; the schema then extracts from
/// all of them without a model. Every schema is run on the samples. What is wrong with it goes back to the model, so many
/// times; a schema that finds nothing is never given back. Safe for use from many threads.</summary>
public sealed class SchemaGenerator
{
    /// <summary>More samples say nothing new, and leave each too few characters.</summary>
    private const int MaxSamples = 10;

    private readonly IChatModel _model;

    /// <summary>Makes a generator.</summary>
    /// <param name="model">Whom to ask.</param>
    public SchemaGenerator(IChatModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
    }

    /// <summary>Writes a schema.</summary>
    /// <param name="request">What for.</param>
    /// <param name="cancellationToken">Stops the requests themselves.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelAnswerInvalid"/> where no schema found items in
    /// every sample; the message says what was wrong with the last. <see cref="Crawl4ErrorCode.OptionInvalid"/> where the
    /// request is not one, and what <see cref="IChatModel.AskAsync"/> throws.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<GeneratedSchema> GenerateAsync(SchemaRequest request, CancellationToken cancellationToken)
    {
        var wanted = Checked(request);
        cancellationToken.ThrowIfCancellationRequested();
        var question = SchemaQuestion.Of(request);
        var usage = ModelUsage.None;
        SchemaTrial? best = null;
        SchemaTrial? last = null;
        for (var refinement = 0; refinement <= request.MaxRefinements; refinement++)
        {
            var answer = await _model.AskAsync(question, cancellationToken).ConfigureAwait(false);
            usage += answer.Usage;
            last = SchemaTrial.Run(answer.Text, request, wanted, cancellationToken);
            best = IsBetter(last, best) ? last : best;
            if (last is { Schema: not null, Problem.Length: 0 })
            {
                break;
            }

            question = question with
            {
                Turns = [.. question.Turns, new ChatTurn(answer.Text, SchemaQuestion.Reply(last.Problem))],
            };
        }

        return best is { Schema: { } schema }
            ? new GeneratedSchema(schema, best.Json, new(best.Items), best.Problem, usage)
            : throw Failed(request, last!);
    }

    /// <summary>A schema that finds items beats one that does not, and the one with less to say against it another;
    /// where nothing tells them apart, the later has learnt more.</summary>
    private static bool IsBetter(SchemaTrial trial, SchemaTrial? best) =>
        trial.Schema is not null && (best?.Schema is null || trial.Problem.Length <= best.Problem.Length);

    private static Crawl4Exception Failed(SchemaRequest request, SchemaTrial last) => new Crawl4Error(
        Crawl4ErrorCode.ModelAnswerInvalid,
        $"The model wrote no schema that works, in {request.MaxRefinements + 1} attempts. Of the last: {last.Problem}",
        "schema")
    { Advice = "Say more exactly what is wanted, give an example, or ask another model." }.ToException();

    /// <summary>The names of the fields that are wanted.</summary>
    private static string[] Checked(SchemaRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Require(
            request.Samples.Count is >= 1 and <= MaxSamples && request.Samples.All(html => !string.IsNullOrWhiteSpace(html)),
            nameof(request.Samples), $"must be 1 to {MaxSamples} pages, none of them empty");
        Require(request.MaxRefinements is >= 0 and <= 10, nameof(request.MaxRefinements), "must be 0 to 10");
        Require(
            request.MaxSampleCharacters is >= 1_000 and <= 10_000_000,
            nameof(request.MaxSampleCharacters), "must be 1,000 to 10,000,000");
        return request.TargetJsonExample.Length == 0 ? [] : NamesOf(request.TargetJsonExample);
    }

    private static string[] NamesOf(string example)
    {
        const string Name = nameof(SchemaRequest.TargetJsonExample);
        try
        {
            var node = JsonNode.Parse(example);
            var item = node is JsonArray { Count: > 0 } list ? list[0] : node;
            Require(item is JsonObject, Name, "must be a JSON object, or a list of some");
            return [.. item!.AsObject().Select(property => property.Key)];
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException)
        {
            throw new Crawl4Exception(
                Crawl4ErrorCode.OptionInvalid, $"{Name} is not JSON: {cause.Message}", Name, cause);
        }
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new Crawl4Exception(Crawl4ErrorCode.OptionInvalid, $"{name} {rule}.", name);
        }
    }
}
