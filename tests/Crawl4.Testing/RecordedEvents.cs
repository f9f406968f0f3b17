using System.Collections.Concurrent;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Testing;

/// <summary>Keeps every event.</summary>
public sealed class RecordedEvents : IEventSink
{
    private readonly ConcurrentQueue<Crawl4Event> _events = new();

    public IReadOnlyList<Crawl4Event> All => [.. _events];

    public bool IsEnabled(EventSeverity severity) => true;

    public void Write(in Crawl4Event item) => _events.Enqueue(item);
}
