using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.Core.Settings;

namespace Crawl4.PowerShell.Binding;

/// <summary>The base directory as the user means it.</summary>
internal static class BaseFolder
{
    /// <summary>The folder's full path. Null leaves the choice to Core.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the path is not of the file
    /// system.</exception>
    public static string? Resolve(SessionState session, string? baseDirectory)
    {
        if (baseDirectory is null)
        {
            return OfEnvironment(session);
        }

        var resolved = session.Path.GetUnresolvedProviderPathFromPSPath(baseDirectory, out var provider, out _);
        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase)
            ? resolved
            : throw new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"The base directory '{baseDirectory}' is not a folder.", "BaseDirectory")
            { Advice = "Give a path of the file system." }.ToException();
    }

    /// <summary>An engine over the cache folder in a base directory.</summary>
    public static Crawl4Engine OpenEngine(string? basePath, IEventSink events, HttpFetchOptions fetch) =>
        new(new Crawl4EngineOptions { BaseDirectory = basePath, Fetch = fetch, Events = events });

    // A relative path starts where the user is: every other program that is started from here takes it so, and the
    // process's own directory is another.
    private static string? OfEnvironment(SessionState session) =>
        Environment.GetEnvironmentVariable(CacheFolder.BaseDirectoryVariable) is { } path && !string.IsNullOrWhiteSpace(path)
            && !Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal)
            ? Path.Combine(session.Path.CurrentFileSystemLocation.ProviderPath, path)
            : null;
}
