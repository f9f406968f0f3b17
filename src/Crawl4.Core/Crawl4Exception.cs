namespace Crawl4.Core;

/// <summary>The one exception that Core throws for what can go wrong at run time. Wrong use of an API stays an
/// <see cref="ArgumentException"/>. The message reaches users and remote callers, so it never holds a secret.</summary>
public sealed class Crawl4Exception : Exception
{
    /// <summary>Makes an exception of an error.</summary>
    /// <param name="error">What failed.</param>
    /// <param name="cause">What it was caught from, if anything.</param>
    public Crawl4Exception(Crawl4Error error, Exception? cause = null)
        : base(error.Message, cause) => Error = error;

    /// <summary>Makes an exception of a code, a message and a target.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">One sentence that names what failed and on what.</param>
    /// <param name="target">The URL, file or setting it concerns.</param>
    /// <param name="cause">What it was caught from, if anything.</param>
    public Crawl4Exception(Crawl4ErrorCode code, string message, string target, Exception? cause = null)
        : this(new Crawl4Error(code, message, target), cause)
    {
    }

    /// <summary>What failed, on what, and what to do next.</summary>
    public Crawl4Error Error { get; }

    /// <summary>The kind of failure.</summary>
    public Crawl4ErrorCode Code => Error.Code;

    /// <summary>True where the same request may succeed later without anything being changed.</summary>
    public bool IsTransient => Error.IsTransient;
}
