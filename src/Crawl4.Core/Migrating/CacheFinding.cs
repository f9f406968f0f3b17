using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Migrating;

/// <summary>Finds caches of Crawl4AI and Crawl4, and says what they are. Changes nothing.</summary>
public sealed class CacheFinding
{
    /// <summary>So many entries of each cache are read to look for damage, spread evenly over all.</summary>
    public const int SampleSize = 1000;

    /// <summary>Base directories are projects and homes, which do not lie deeper as a rule.</summary>
    private const int MaxDepth = 6;

    private readonly Func<string, string?> _environment;

    /// <summary>A search.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public CacheFinding(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _environment = environment;
    }

    /// <summary>Looks in the directory that CRAWL4_AI_BASE_DIRECTORY names, in the home directory and in the working
    /// directory; and below given directories, up to six levels deep. Links are not followed.</summary>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="roots">Directories to look below.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Each cache once, as it is found.</returns>
    public async IAsyncEnumerable<FoundCache> FindAsync(
        string workingDirectory, IReadOnlyList<string> roots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workingDirectory);
        ArgumentNullException.ThrowIfNull(roots);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in Folders(workingDirectory, roots))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (File.Exists(folder.DatabasePath) && seen.Add(folder.Path))
            {
                yield return await LookAsync(folder, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<FoundCache> LookAsync(CacheFolder folder, CancellationToken cancellationToken)
    {
        var found = new FoundCache
        {
            BaseDirectory = Path.GetDirectoryName(folder.Path) ?? folder.Path, DatabasePath = folder.DatabasePath,
        };
        var store = new SqliteCacheStore(new SqliteStoreOptions { Folder = folder });
        await using (store.ConfigureAwait(false))
        {
            try
            {
                var status = await store.GetStatusAsync(cancellationToken).ConfigureAwait(false);
                found = found with
                {
                    Crawl4AiVersion = status.Crawl4AiVersion,
                    Layout = status.Layout,
                    EntryCount = status.EntryCount,
                    SizeBytes = status.DatabaseBytes + status.ContentBytes,
                    Newest = status.Newest,
                };
                return await SampleAsync(store, found, cancellationToken).ConfigureAwait(false);
            }
            catch (Crawl4Exception error)
            {
                return found with { Error = error.Error };
            }
        }
    }

    private static async Task<FoundCache> SampleAsync(
        SqliteCacheStore store, FoundCache found, CancellationToken cancellationToken)
    {
        var stride = Math.Max(1, (found.EntryCount + SampleSize - 1) / SampleSize);
        var (count, sampled, damaged) = (0L, 0L, 0L);
        await foreach (var entry in store.ListAsync(CacheQuery.All, cancellationToken).ConfigureAwait(false))
        {
            if (count++ % stride == 0)
            {
                sampled++;
                damaged += entry.Url.Length == 0
                    || !await CanReadAsync(store, entry.Url, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
        }

        return found with { Sampled = sampled, Damaged = damaged };
    }

    private static async Task<bool> CanReadAsync(
        SqliteCacheStore store, string url, CancellationToken cancellationToken)
    {
        try
        {
            await store.GetAsync(url, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Crawl4Exception error) when (error.Code == Crawl4ErrorCode.EntryDamaged)
        {
            return false;
        }
    }

    private IEnumerable<CacheFolder> Folders(string workingDirectory, IReadOnlyList<string> roots)
    {
        if (_environment(CacheFolder.BaseDirectoryVariable) is { Length: > 0 } named)
        {
            yield return CacheFolder.Resolve(Path.Combine(workingDirectory, named), _environment);
        }

        if (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
        {
            yield return CacheFolder.Resolve(home, _environment);
        }

        yield return CacheFolder.Resolve(workingDirectory, _environment);
        foreach (var below in roots.SelectMany(root => Below(Path.Combine(workingDirectory, root))))
        {
            yield return CacheFolder.Resolve(below, _environment);
        }
    }

    /// <summary>Base directories at or below a directory.</summary>
    private static IEnumerable<string> Below(string root)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (Path.GetFileName(full) == CacheFolder.FolderName)
        {
            return [Path.GetDirectoryName(full) ?? full];
        }

        var found = new FileSystemEnumerable<string>(
            full, (ref FileSystemEntry entry) => entry.Directory.ToString(), new EnumerationOptions
            {
                RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth, IgnoreInaccessible = true, AttributesToSkip = 0,
            })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory && IsCacheFolder(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !IsCacheFolder(ref entry),
        };
        return found.Order(StringComparer.Ordinal);
    }

    private static bool IsCacheFolder(ref FileSystemEntry entry) =>
        entry.FileName.Equals(CacheFolder.FolderName, StringComparison.Ordinal);
}
