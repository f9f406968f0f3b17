namespace Crawl4.Cli;

/// <summary>Whoever read the output has gone, as <c>head</c> does when it has seen enough.</summary>
internal sealed class OutputClosedException(IOException cause) : Exception(cause.Message, cause);
