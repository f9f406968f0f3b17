namespace Crawl4.Core.Settings;

/// <summary>Where the cache is: Crawl4AI's own folder, <c>.crawl4ai</c> below the base directory.</summary>
public sealed record CacheFolder
{
    /// <summary>The environment variable that names the base directory, as for Crawl4AI.</summary>
    public const string BaseDirectoryVariable = "CRAWL4_AI_BASE_DIRECTORY";

    /// <summary>The folder's name below the base directory.</summary>
    public const string FolderName = ".crawl4ai";

    private CacheFolder(string path) => Path = path;

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The SQLite database in it.</summary>
    public string DatabasePath => System.IO.Path.Combine(Path, "crawl4ai.db");

    /// <summary>Where downloads are saved.</summary>
    public string DownloadPath => System.IO.Path.Combine(Path, "downloads");

    /// <summary>Finds the folder: the given directory wins over the environment variable, that over the user's
    /// home directory. An empty text counts as not given. Nothing is created.</summary>
    /// <param name="baseDirectory">The base directory, or null.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where the path cannot be one,
    /// or none is known.</exception>
    public static CacheFolder Resolve(string? baseDirectory, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var fromEnvironment = environment(BaseDirectoryVariable);
        var given = !string.IsNullOrEmpty(baseDirectory) ? baseDirectory
            : !string.IsNullOrEmpty(fromEnvironment) ? fromEnvironment
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (string.IsNullOrWhiteSpace(given) || given.Contains('\0', StringComparison.Ordinal))
        {
            throw new Crawl4Exception(new Crawl4Error(
                Crawl4ErrorCode.OptionInvalid, $"The base directory '{given}' is not a path.", BaseDirectoryVariable)
            { Advice = $"Give a folder, or set {BaseDirectoryVariable} to one." });
        }

        return new CacheFolder(System.IO.Path.Combine(System.IO.Path.GetFullPath(given), FolderName));
    }
}
