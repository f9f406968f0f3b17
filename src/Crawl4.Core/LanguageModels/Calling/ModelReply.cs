namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>What came of a request.</summary>
/// <param name="Body">The answer's text; of a failure the endpoint's own words.</param>
/// <param name="StatusCode">The status, or null where nobody answered.</param>
/// <param name="Failure">Why it failed, or null.</param>
internal sealed record ModelReply(string Body, int? StatusCode, Crawl4Error? Failure);
