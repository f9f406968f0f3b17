using System.Threading.Channels;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Tests.LanguageModels;

/// <summary>Events that a test can wait for.</summary>
internal sealed class SignallingEvents : IEventSink
{
    private readonly Channel<Crawl4Event> _events = Channel.CreateUnbounded<Crawl4Event>();

    public bool IsEnabled(EventSeverity severity) => true;

    public void Write(in Crawl4Event item) => _events.Writer.TryWrite(item);

    public async Task<Crawl4Event> NextAsync(int id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var next = await _events.Reader.ReadAsync(patience.Token);
            if (next.Id == id)
            {
                return next;
            }
        }
    }
}
