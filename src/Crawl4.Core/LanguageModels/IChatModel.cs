namespace Crawl4.Core.LanguageModels;

/// <summary>A language model that answers questions. Safe for use from many threads.</summary>
public interface IChatModel
{
    /// <summary>Equal exactly where two models are meant to answer alike: name and parameters, no address and no
    /// key.</summary>
    string Fingerprint { get; }

    /// <summary>How many questions it takes at once.</summary>
    int MaxParallelRequests { get; }

    /// <summary>Asks one question.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellationToken">Stops the request itself, not only the waiting for it.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.ModelUnavailable"/>,
    /// <see cref="Crawl4ErrorCode.ModelForbidden"/>, <see cref="Crawl4ErrorCode.ModelRefused"/>,
    /// <see cref="Crawl4ErrorCode.ModelAnswerInvalid"/> or <see cref="Crawl4ErrorCode.EgressForbidden"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken);
}
