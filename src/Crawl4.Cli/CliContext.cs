using Crawl4.Cli.Output;

namespace Crawl4.Cli;

/// <summary>All that a command sees of the world outside, so that a test can give its own.</summary>
internal sealed record CliContext
{
    /// <summary>What paper and terminals have had since punched cards; taken where nothing says otherwise.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where errors, questions and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where URLs and answers come from.</summary>
    public required TextReader Input { get; init; }

    /// <summary>The same as bytes, for documents whose charset is yet to be found. A command uses one of the two.</summary>
    public Stream InputBytes { get; init; } = Stream.Null;

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InputIsTerminal { get; init; }

    /// <summary>The terminal's columns.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Gives the value of an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>A terminal that understands cursor movements: TERM=dumb says that this one does not.</summary>
    public bool HasControlSequences => Environment("TERM") != "dumb";

    /// <summary>See no-color.org: any non-empty value means no colour.</summary>
    public bool HasColour => OutputIsTerminal && HasControlSequences && string.IsNullOrEmpty(Environment("NO_COLOR"));

    /// <summary>A question needs a person who can both see and answer it.</summary>
    public bool CanAsk => InputIsTerminal && ErrorIsTerminal;

    /// <summary>Writes one error line, after the results that came before it.</summary>
    public async Task WriteErrorAsync(string message)
    {
        await Output.FlushAsync();
        try
        {
            await Error.WriteLineAsync("crawl4: " + PlainText.OneLine(message));
            await Error.FlushAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told; the exit code still says it.
        }
    }
}
