namespace Crawl4.Cli;

/// <summary>What the program answers its caller with. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>All of it succeeded.</summary>
    public const int Success = 0;

    /// <summary>Something failed, or was not confirmed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong; nothing was done.</summary>
    public const int WrongUsage = 2;

    /// <summary>A verification has found mismatches.</summary>
    public const int Different = 3;

    /// <summary>A verification has found no mismatch, but could not look at everything.</summary>
    public const int Incomplete = 4;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT, as shells count.</summary>
    public const int Cancelled = 130;

    /// <summary>The reader of the output went away: 128 + SIGPIPE, what a shell sees of any other program.</summary>
    public const int OutputClosed = 141;

    /// <summary>Stopped by SIGTERM: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
