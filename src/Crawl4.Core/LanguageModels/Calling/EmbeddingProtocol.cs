using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Writes and reads <c>/embeddings</c>.</summary>
internal sealed class EmbeddingProtocol(ModelEndpoint endpoint)
{
    /// <summary>Texts in one request. Endpoints take from 96 to 2,048.</summary>
    public const int BatchSize = 64;

    /// <summary>Models read some 8,000 tokens, which in scripts without spaces are as many characters.</summary>
    private const int MaxCharacters = 8_000;

    public byte[] Write(IReadOnlyList<string> texts)
    {
        var input = new JsonArray([.. texts.Select(text => JsonValue.Create(Readable(text)))]);
        return RequestJson.Write(new JsonObject { ["model"] = endpoint.Model, ["input"] = input }, endpoint.Extra);
    }

    /// <summary>The vectors of an answer in the order of their texts. What they took is counted even where they cannot
    /// be used.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelAnswerInvalid"/>.</exception>
    public EmbeddedTexts Read(string body, int count, Action<ModelUsage> counted) =>
        ReplyJson.Read(body, endpoint, root =>
        {
            var usage = ReplyJson.Usage(root, endpoint);
            counted(usage);
            var vectors = new ReadOnlyMemory<float>[count];
            foreach (var item in root.GetProperty("data").EnumerateArray())
            {
                var index = item.GetProperty("index").GetInt32();
                var vector = item.GetProperty("embedding").EnumerateArray().Select(each => each.GetSingle()).ToArray();
                vectors[index >= 0 && index < count && vector.All(float.IsFinite) ? index : throw Wrong()] = vector;
            }

            return new EmbeddedTexts(vectors, usage);
        });

    /// <summary>The answers to several batches as one.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelAnswerInvalid"/> where the vectors are not of
    /// one length.</exception>
    public EmbeddedTexts Join(IReadOnlyList<EmbeddedTexts> batches)
    {
        ReadOnlyMemory<float>[] vectors = [.. batches.SelectMany(batch => batch.Vectors)];
        return vectors.All(vector => vector.Length > 0 && vector.Length == vectors[0].Length)
            ? new EmbeddedTexts(vectors, batches.Aggregate(ModelUsage.None, (sum, batch) => sum + batch.Usage))
            : throw Wrong();
    }

    private Crawl4Exception Wrong() =>
        ReplyJson.Invalid(endpoint, "did not give one vector of one length for each text");

    private static string Readable(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return " ";
        }

        if (text.Length <= MaxCharacters)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters;
        return text[..end];
    }
}
