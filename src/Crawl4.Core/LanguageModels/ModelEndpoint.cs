using System.Net;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels;

/// <summary>A language model behind an OpenAI-compatible endpoint, and how it is asked. Holds no secret: the key stays
/// in the environment, and only the name of its variable is here.</summary>
public sealed record ModelEndpoint
{
    /// <summary>What most programs call the variable that holds the key.</summary>
    public const string DefaultApiKeyVariable = "OPENAI_API_KEY";

    /// <summary>The address that <c>/chat/completions</c> and <c>/embeddings</c> are added to, such as
    /// https://api.openai.com/v1. It must be https. With <see cref="AllowPrivate"/> it may be http, and then only
    /// private addresses are connected to. A redirect is never followed.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>The model's name, as the endpoint knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The environment variable that holds the key. Empty sends no key, for endpoints that want none.</summary>
    /// <value><see cref="DefaultApiKeyVariable"/>.</value>
    public string ApiKeyVariable { get; init; } = DefaultApiKeyVariable;

    /// <summary>The endpoint may be on loopback or in a private network.</summary>
    /// <value>False.</value>
    public bool AllowPrivate { get; init; }

    /// <summary>How freely the model chooses its words, 0 to 2. Null leaves it to the endpoint.</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of likely words that it chooses from, above 0 to 1. Null leaves it to the endpoint.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens of an answer, sent as <c>max_tokens</c>. Null leaves it to the endpoint.</summary>
    public int? MaxAnswerTokens { get; init; }

    /// <summary>Further properties of the request, as the endpoint knows them (<c>stop</c>, <c>seed</c>,
    /// <c>max_completion_tokens</c>...). No secrets: they count in fingerprints.</summary>
    public JsonObject? Extra { get; init; }

    /// <summary>How a model is told to answer in JSON. Where the endpoint refuses one way, the next simpler one is
    /// taken.</summary>
    /// <value>JsonSchema.</value>
    public AnswerFormat AnswerFormat { get; init; } = AnswerFormat.JsonSchema;

    /// <summary>How often a request is sent again after 408, 409, 425, 429, a status from 500 on, a time-out or a
    /// broken connection; 0 to 20.</summary>
    /// <value>3, as in Crawl4AI.</value>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before the first retry; each further one waits about twice as long, at most a minute. A
    /// Retry-After header counts instead.</summary>
    /// <value>2 seconds, as in Crawl4AI.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time for one request and its answer.</summary>
    /// <value>2 minutes: long answers of slow models take one.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The time for a question, all retries and waits included; what waits for other questions to end does
    /// not count.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many requests are under way at once, 1 to 256.</summary>
    /// <value>5.</value>
    public int MaxParallelRequests { get; init; } = 5;

    /// <summary>The largest answer, in bytes after decompression.</summary>
    /// <value>16 MiB: 128 embeddings of 4,096 numbers each, as text, take 12.</value>
    public long MaxAnswerBytes { get; init; } = 16L * 1024 * 1024;

    /// <summary>What tokens cost, by the model's name. Crawl4 knows no prices of its own, since they change.</summary>
    /// <value>None: costs are then unknown.</value>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>();

    /// <summary>A proxy: http, https or socks5 URL, without credentials. Null connects directly.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Name and password for the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Accepts any TLS certificate.</summary>
    /// <value>False.</value>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The endpoint that a model's name stands for on somebody's own machine, where private addresses may be
    /// asked.</summary>
    /// <param name="name">The model's name. Without an address it may begin with its provider, as in Crawl4AI: openai
    /// (what is meant without one), anthropic, deepseek, gemini, groq or ollama, and a slash.</param>
    /// <param name="baseUrl">The endpoint's address; the name is then the endpoint's own, slashes and all.</param>
    /// <param name="apiKeyVariable">The environment variable that holds the key; empty sends none. Null takes the
    /// provider's, for another address <see cref="DefaultApiKeyVariable"/>, and none over http.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the provider is not
    /// known.</exception>
    public static ModelEndpoint Of(string name, string? baseUrl = null, string? apiKeyVariable = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (baseUrl is not null)
        {
            var isOpen = baseUrl.StartsWith("http:", StringComparison.OrdinalIgnoreCase);
            return new()
            {
                BaseUrl = baseUrl,
                Model = name,
                ApiKeyVariable = apiKeyVariable ?? (isOpen ? "" : DefaultApiKeyVariable),
                AllowPrivate = true,
            };
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var provider = slash < 0 ? ModelProviders.Default : name[..slash];
        if (!ModelProviders.Known.TryGetValue(provider, out var known))
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"'{provider}' is no provider of models that Crawl4 knows.", nameof(Model))
            { Advice = $"Give the endpoint's address, or one of {string.Join(", ", ModelProviders.Known.Keys.Order())}." }
                .ToException();
        }

        return new()
        {
            BaseUrl = known.BaseUrl,
            Model = name[(slash + 1)..],
            ApiKeyVariable = apiKeyVariable ?? known.ApiKeyVariable,
            AllowPrivate = true,
        };
    }
}
