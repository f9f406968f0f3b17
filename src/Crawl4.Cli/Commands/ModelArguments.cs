using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>Which language models are asked. The key is named, never given: command lines can be seen by others.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string?> _model = Text(
        "--model", "NAME",
        "The model that is asked, with its provider as in Crawl4AI (openai/NAME, ollama/NAME ...), or a name of "
        + "--model-endpoint.");

    private readonly Option<string?> _endpoint = Text(
        "--model-endpoint", "URL", "An OpenAI-compatible endpoint, such as https://api.openai.com/v1. Over http only private "
        + "addresses are asked.");

    private readonly Option<string?> _keyVariable = Text(
        "--model-key-variable", "NAME", "The environment variable that holds the key. Default: the provider's, such as "
        + "OPENAI_API_KEY; none over http.");

    private readonly Option<double?> _temperature = Number(
        "--temperature", "How freely the model chooses its words, 0 to 2. Default: the endpoint's.");

    private readonly Option<int?> _maxAnswerTokens = CountOption.Create("--max-answer-tokens", "The longest answer.");
    private readonly Option<ModelPrice?> _price = new("--model-price")
    {
        Description = "What a million tokens of questions and of answers cost, for the figures of --json.",
        HelpName = "ASKED,ANSWERED",
        CustomParser = result =>
        {
            if (result.Tokens[0].Value.Split(',') is [var asked, var answered]
                && Amount(asked) is { } prompt && Amount(answered) is { } completion)
            {
                return new ModelPrice(prompt, completion);
            }

            result.AddError("--model-price needs two amounts, such as 0.15,0.60.");
            return null;
        },
    };

    private readonly Option<string?> _embeddingModel = Text(
        "--embedding-model", "NAME", "The model whose embeddings --extract cosine goes by, instead of words.");

    public Option<string?> Model => _model;

    public void AddTo(Command command, ReadingArguments reading)
    {
        AddChatTo(command);
        command.Add(_embeddingModel);
        command.Validators.Add(result =>
        {
            if (reading.IsFilteredByModel(result) && !HasChat(result))
            {
                result.AddError("A language model is to filter, and none is named; give --model NAME.");
            }
        });
    }

    /// <summary>The options for commands that need no embeddings.</summary>
    public void AddChatTo(Command command)
    {
        foreach (var option in (Option[])[_model, _endpoint, _keyVariable, _temperature, _maxAnswerTokens, _price])
        {
            command.Add(option);
        }

        EmptyValue.Refuse(_model, "name a model");
        EmptyValue.Refuse(_endpoint, "give its URL, or leave it out");
    }

    public bool HasChat(CommandResult result) => result.Valid(_model) is not null;

    public bool HasEmbedding(CommandResult result) => result.Valid(_embeddingModel) is not null;

    /// <summary>Connections to the models that are named.</summary>
    public OpenModels Open(ParseResult parsed, CliContext context) => new(
        Open(parsed, context, parsed.GetValue(_model)), Open(parsed, context, parsed.GetValue(_embeddingModel)));

    private ModelClient? Open(ParseResult parsed, CliContext context, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var endpoint = ModelEndpoint.Of(name, parsed.GetValue(_endpoint), parsed.GetValue(_keyVariable)) with
        {
            Temperature = parsed.GetValue(_temperature),
            MaxAnswerTokens = parsed.GetValue(_maxAnswerTokens),
        };
        if (parsed.GetValue(_price) is { } price)
        {
            endpoint = endpoint with
            {
                Prices = new Dictionary<string, ModelPrice> { [endpoint.Model] = price },
            };
        }

        return new ModelClient(
            endpoint, context.Environment, new Random(), context.TimeProvider, NullEventSink.Instance);
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture,
            out var amount)
            ? amount
            : null;
}

/// <summary>The models of one command.</summary>
/// <param name="Chat">Answers questions. Null where none is named.</param>
/// <param name="Embedding">Turns texts into vectors. Null where none is named.</param>
internal sealed record OpenModels(ModelClient? Chat, ModelClient? Embedding) : IDisposable
{
    public void Dispose()
    {
        Chat?.Dispose();
        Embedding?.Dispose();
    }
}
