using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Crawl4.Core.Files;
using Crawl4.Core.Rollout;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>A folder of exported entries: files below, and a manifest that says which.</summary>
internal sealed class ExportFolder
{
    public const string ManifestName = "manifest.json";

    /// <summary>Held open while an export is being written, and gone with it.</summary>
    private const string LockName = "crawl4_export.lock";

    /// <summary>No manifest of ours is larger: it names at most 10,000 entries and some thousand files.</summary>
    private const long MostManifestBytes = 256 * 1024 * 1024;

    private ExportFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>A folder to export to, and what keeps other exports out of it until it is disposed of, which leaves no
    /// trace.</summary>
    /// <exception cref="Crawl4Exception">There is something in it, another export writes there, or it cannot be
    /// made.</exception>
    public static (ExportFolder Folder, IDisposable Held) Create(string path)
    {
        var full = Full(path);
        return Guard(full, () =>
        {
            if (File.Exists(full) || (Directory.Exists(full) && !IsEmpty(full)))
            {
                if (File.Exists(System.IO.Path.Combine(full, LockName)))
                {
                    Hold(full).Dispose();
                }

                throw NotEmpty(full);
            }

            Directory.CreateDirectory(full);
            var held = Hold(full);
            // Another export may have come and gone since.
            if (!IsEmpty(full))
            {
                held.Dispose();
                throw NotEmpty(full);
            }

            return (new ExportFolder(full), (IDisposable)held);
        });
    }

    /// <summary>A lock file that was left behind holds nobody up; one that is held does.</summary>
    private static FileStream Hold(string full)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(full, LockName), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (IOException error) when (FileLock.IsHeld(error))
        {
            throw new Crawl4Error(Crawl4ErrorCode.StoreBusy, $"Another export is being written to '{full}'.", full)
            { Advice = "Give a folder of its own, or wait until the other one has ended." }.ToException(error);
        }
    }

    private static bool IsEmpty(string full) => !Directory.EnumerateFileSystemEntries(full)
        .Any(entry => System.IO.Path.GetFileName(entry) != LockName);

    private static Crawl4Exception NotEmpty(string full) =>
        new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"'{full}' is not an empty folder.", full)
        { Advice = "Give a folder that is empty, or not there yet." }.ToException();

    /// <summary>A folder that was exported.</summary>
    /// <exception cref="Crawl4Exception">It is none, or not one that this version can read.</exception>
    public static (ExportFolder Folder, ExportManifest Manifest) Open(string path)
    {
        var full = Full(path);
        return Guard(full, () =>
        {
            var file = System.IO.Path.Combine(full, ManifestName);
            if (!File.Exists(file))
            {
                throw new Crawl4Error(Crawl4ErrorCode.ExportInvalid,
                    $"'{full}' has no {ManifestName}: it is no export, or one that was not ended.", full)
                { Advice = "Give the folder of a whole export, or export again." }.ToException();
            }

            return (new ExportFolder(full), Read(file));
        });
    }

    public static string NameOf(ExportKind kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.Folder}/part-{number:00000}{kind.Extension}");

    /// <summary>Turns a failure of the file system into one that says on what.</summary>
    public static Crawl4Exception Failure(string path, Exception error) => new Crawl4Error(
        error is UnauthorizedAccessException ? Crawl4ErrorCode.StoreReadOnly : Crawl4ErrorCode.StoreUnavailable,
        $"The folder '{path}' cannot be used: {error.Message}", path)
    { Advice = "Check the folder, its permissions and the space that is left." }.ToException(error);

    public string PathOf(string name) => System.IO.Path.Combine(Path, name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public string FolderOf(ExportKind kind) => System.IO.Path.Combine(Path, kind.Folder);

    public string NewTemporary(ExportKind kind)
    {
        Directory.CreateDirectory(FolderOf(kind));
        return System.IO.Path.Combine(FolderOf(kind), DurableFile.NewTemporaryName());
    }

    /// <summary>A file's size, and its SHA-256.</summary>
    public async Task<(long Bytes, string Sha256)> SumAsync(string name, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(PathOf(name));
        await using (file.ConfigureAwait(false))
        {
            var sum = await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false);
            return (file.Length, Convert.ToHexStringLower(sum));
        }
    }

    /// <summary>Makes the export whole.</summary>
    public void Write(ExportManifest manifest)
    {
        DirectorySync.Flush(Path);
        DurableFile.Replace(System.IO.Path.Combine(Path, ManifestName), ExportJson.Write(manifest));
    }

    /// <summary>Removes what a failed export has made. What cannot be removed stays, without a manifest.</summary>
    public void Clear()
    {
        try
        {
            foreach (var kind in new[] { ExportKind.Entries, ExportKind.Results, ExportKind.Content })
            {
                if (Directory.Exists(FolderOf(kind)))
                {
                    Directory.Delete(FolderOf(kind), recursive: true);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }

    private static ExportManifest Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MostManifestBytes)
            {
                throw new JsonException("It is too large.");
            }

            var document = File.ReadAllBytes(file);
            var version = ExportJson.Version(document);
            return version == ExportManifest.CurrentVersion ? Checked(ExportJson.Read(document))
                : throw new Crawl4Error(Crawl4ErrorCode.ExportInvalid, string.Create(
                    CultureInfo.InvariantCulture, $"'{file}' is of version {version}, which this Crawl4 does not know."), file)
                { Advice = "Import it with the version of Crawl4 that exported it, or a later one." }.ToException();
        }
        catch (JsonException error)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.ExportInvalid, $"'{file}' is no manifest of an export: {error.Message}", file)
                .ToException(error);
        }
    }

    /// <summary>Only files with the names that we give, so that none leads out of the folder.</summary>
    private static ExportManifest Checked(ExportManifest manifest)
    {
        if (!Enum.IsDefined(manifest.Format) || manifest.Parts is null || manifest.Parts.Any(part => part?.Name is null))
        {
            throw new JsonException("It does not say what is in the folder.");
        }

        var names = ExportKind.Of(manifest.Format).SelectMany(kind =>
        {
            var count = manifest.Parts.Count(part => part.Name.StartsWith(kind.Folder + "/", StringComparison.Ordinal));
            return Enumerable.Range(1, count).Select(number => NameOf(kind, number));
        });
        return manifest.Parts.Select(part => part.Name).SequenceEqual(names, StringComparer.Ordinal)
            ? manifest : throw new JsonException("It names files that are not of an export.");
    }

    private static string Full(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return System.IO.Path.GetFullPath(path);
    }

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, error);
        }
    }
}
