namespace Crawl4.Core.LanguageModels;

/// <summary>Refuses endpoints that cannot be meant. What only the fetcher must know it checks itself.</summary>
internal static class ModelEndpointCheck
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private static readonly string[] Ours = ["model", "messages", "input", "stream", "response_format", "n"];

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static ModelEndpoint Checked(ModelEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        CheckBaseUrl(endpoint);
        Require(!string.IsNullOrWhiteSpace(endpoint.Model), nameof(endpoint.Model), "must name a model");
        Require(endpoint.Temperature is null or (>= 0 and <= 2), nameof(endpoint.Temperature), "must be 0 to 2");
        Require(endpoint.TopP is null or (> 0 and <= 1), nameof(endpoint.TopP), "must be above 0 and at most 1");
        Require(endpoint.MaxAnswerTokens is null or > 0, nameof(endpoint.MaxAnswerTokens), "must be at least 1");
        Require(endpoint.MaxRetries is >= 0 and <= 20, nameof(endpoint.MaxRetries), "must be 0 to 20");
        Require(
            endpoint.MaxParallelRequests is >= 1 and <= 256,
            nameof(endpoint.MaxParallelRequests), "must be 1 to 256");
        Require(
            endpoint.RetryDelay >= TimeSpan.Zero && endpoint.RetryDelay <= LongestDelay,
            nameof(endpoint.RetryDelay), "must be at most a minute");
        Require(
            endpoint.TotalTimeout > TimeSpan.Zero && endpoint.TotalTimeout <= LongestTimeout,
            nameof(endpoint.TotalTimeout), "must be more than nothing and at most a day");
        var taken = endpoint.Extra?.Select(property => property.Key).FirstOrDefault(Ours.Contains);
        Require(taken is null, nameof(endpoint.Extra), $"must not hold '{taken}', which is set by what is asked");
        return endpoint;
    }

    private static void CheckBaseUrl(ModelEndpoint endpoint)
    {
        const string Name = nameof(endpoint.BaseUrl);
        var isUrl = Uri.TryCreate(endpoint.BaseUrl, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.Host.Length > 0;
        Require(isUrl, Name, "must be an absolute https URL");
        Require(
            url!.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0,
            Name, "must hold no credentials, query or fragment; put the key into an environment variable");
        Require(
            url.Scheme == "https" || endpoint.AllowPrivate,
            Name, "must be https; http is for private networks, and these must be allowed");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new Crawl4Exception(Crawl4ErrorCode.OptionInvalid, $"The endpoint's {name} {rule}.", name);
        }
    }
}
