namespace Crawl4.Core.Diagnostics;

/// <summary>Raises events by severity.</summary>
internal static class EventSinkExtensions
{
    public static void Debug(this IEventSink sink, int id, string message) =>
        sink.Write(new Crawl4Event(id, EventSeverity.Debug, message));

    public static void Info(this IEventSink sink, int id, string message) =>
        sink.Write(new Crawl4Event(id, EventSeverity.Information, message));

    public static void Warn(this IEventSink sink, int id, string message) =>
        sink.Write(new Crawl4Event(id, EventSeverity.Warning, message));
}
