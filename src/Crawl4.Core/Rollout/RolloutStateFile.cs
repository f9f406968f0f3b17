using Crawl4.Core.Files;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Rollout;

/// <summary>The state in <c>crawl4_rollout.json</c> in the cache folder, where every process on the machine reads it,
/// DynamoDB or not.</summary>
public sealed class RolloutStateFile : IRolloutDocument
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_rollout.json";

    private const string LockName = "crawl4_rollout.lock";

    /// <summary>A change takes milliseconds; who holds the file longer hangs.</summary>
    private static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(10);

    private readonly CacheFolder _folder;
    private readonly TimeProvider _time;

    /// <summary>The file of a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <param name="time">The clock.</param>
    public RolloutStateFile(CacheFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        _folder = folder;
        _time = time;
    }

    /// <inheritdoc/>
    public string Description => Path.Combine(_folder.Path, FileName);

    /// <inheritdoc/>
    public Task<RolloutState?> ReadAsync(CancellationToken cancellationToken) =>
        Task.Run(ReadFile, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryReplaceAsync(
        RolloutState state, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            Directory.CreateDirectory(_folder.Path);
            using var held = await FileLock.TakeAsync(
                Path.Combine(_folder.Path, LockName), LockDeadline, _time, cancellationToken).ConfigureAwait(false);
            if ((ReadFile()?.Revision ?? 0) != expectedRevision)
            {
                return false;
            }

            DurableFile.Replace(Description, RolloutStateJson.Write(state));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreReadOnly, $"The rollout state '{Description}' cannot be written: {error.Message}",
                Description).ToException(error);
        }
    }

    private RolloutState? ReadFile()
    {
        try
        {
            return RolloutStateJson.Read(File.ReadAllBytes(Description), Description);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreUnavailable, $"The rollout state '{Description}' cannot be read: {error.Message}",
                Description).ToException(error);
        }
    }
}
