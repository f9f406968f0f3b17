namespace Crawl4.Cli;

/// <summary>The command line asks for something that cannot be, found out only after it was parsed.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
