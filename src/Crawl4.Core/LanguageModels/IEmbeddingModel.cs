namespace Crawl4.Core.LanguageModels;

/// <summary>A model that turns texts into vectors. Safe for use from many threads.</summary>
public interface IEmbeddingModel
{
    /// <summary>Equal exactly where two models are meant to give the same vectors: the name, no address and no
    /// key.</summary>
    string Fingerprint { get; }

    /// <summary>Embeds texts, in as many requests as they need. Of a very long text only the beginning counts.</summary>
    /// <param name="texts">The texts. An empty one counts as a space, which endpoints accept.</param>
    /// <param name="cancellationToken">Stops the requests themselves.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelUnavailable"/>,
    /// <see cref="Crawl4ErrorCode.ModelForbidden"/>, <see cref="Crawl4ErrorCode.ModelRefused"/>,
    /// <see cref="Crawl4ErrorCode.ModelAnswerInvalid"/> or <see cref="Crawl4ErrorCode.EgressForbidden"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<EmbeddedTexts> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
