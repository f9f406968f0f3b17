namespace Crawl4.Core.Diagnostics;

/// <summary>How much an event matters.</summary>
public enum EventSeverity
{
    /// <summary>Why something was decided.</summary>
    Debug,

    /// <summary>What was decided.</summary>
    Information,

    /// <summary>Something was wrong and was dealt with.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}

/// <summary>One thing that happened inside, for logs and verbose output. Holds no secret.</summary>
/// <param name="Id">Its number, from <see cref="EventIds"/>; never reused.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">One line of text.</param>
public readonly record struct Crawl4Event(int Id, EventSeverity Severity, string Message);

/// <summary>Where events go. Called from any thread; must not block and must not throw.</summary>
public interface IEventSink
{
    /// <summary>True where an event of this severity would be kept, so that its text is worth making.</summary>
    /// <param name="severity">The severity asked about.</param>
    bool IsEnabled(EventSeverity severity);

    /// <summary>Takes an event.</summary>
    /// <param name="item">The event.</param>
    void Write(in Crawl4Event item);
}

/// <summary>Keeps nothing.</summary>
public sealed class NullEventSink : IEventSink
{
    /// <summary>The one instance.</summary>
    public static readonly NullEventSink Instance = new();

    private NullEventSink()
    {
    }

    /// <inheritdoc/>
    public bool IsEnabled(EventSeverity severity) => false;

    /// <inheritdoc/>
    public void Write(in Crawl4Event item)
    {
    }
}
