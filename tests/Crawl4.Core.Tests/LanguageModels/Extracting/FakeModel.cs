using System.Collections.Concurrent;
using Crawl4.Core.LanguageModels;

namespace Crawl4.Core.Tests.LanguageModels.Extracting;

/// <summary>A model that answers by code, and keeps what it was asked.</summary>
internal sealed class FakeModel(Func<ChatRequest, string> answer) : IChatModel
{
    private readonly ConcurrentQueue<ChatRequest> _asked = new();

    public string Fingerprint { get; init; } = "fake";

    public int MaxParallelRequests { get; init; } = 4;

    public bool IsCutOff { get; init; }

    public IReadOnlyList<ChatRequest> Asked => [.. _asked];

    public Task<ChatAnswer> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _asked.Enqueue(request);
        return Task.FromResult(new ChatAnswer(answer(request), IsCutOff, new ModelUsage(1, 10, 5, 15, 0.5m)));
    }
}
