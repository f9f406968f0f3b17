using System.Globalization;

namespace Crawl4.Core.Fetching.Downloads;

/// <summary>Saves downloads: whole or not at all, never over another file, never outside the
/// folder.</summary>
internal sealed class DownloadFolder(string path)
{
    /// <summary>So many files of one name are no accident; the next is refused rather than searched for for
    /// ever.</summary>
    private const int MaxSameName = 10_000;

    private static long _partNumber;

    private readonly string _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Saves a body and gives the file's full path: the name itself, or with -1, -2... before the
    /// extension where it is taken.</summary>
    /// <exception cref="Crawl4Exception">The folder cannot be written.</exception>
    public async Task<string> SaveAsync(
        string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(_path);
            var part = await WritePartAsync(body, cancellationToken).ConfigureAwait(false);
            try
            {
                return MoveToFreeName(part, name);
            }
            finally
            {
                File.Delete(part);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(failure);
        }
    }

    private async Task<string> WritePartAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _partNumber);
        var part = Path.Combine(_path, $".crawl4-{Environment.ProcessId}-{number}.part");
        var created = false;
        try
        {
            // CreateNew neither overwrites nor follows a link.
            await using var file = new FileStream(part, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            });
            created = true;
            await file.WriteAsync(body, cancellationToken).ConfigureAwait(false);
            return part;
        }
        catch when (created)
        {
            File.Delete(part);
            throw;
        }
    }

    private string MoveToFreeName(string part, string name)
    {
        for (var number = 0; number < MaxSameName; number++)
        {
            var numbered = number == 0
                ? name
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}");
            var target = Path.Combine(_path, numbered);
            if (Path.GetDirectoryName(Path.GetFullPath(target)) != _path)
            {
                throw new Crawl4Exception(
                    Crawl4ErrorCode.PageUnreadable,
                    $"The download's name '{name}' leads out of its folder.",
                    name);
            }

            if (TryReserve(target))
            {
                ReplaceReserved(part, target);
                return target;
            }
        }

        throw new Crawl4Exception(
            Crawl4ErrorCode.StoreFull,
            $"{_path} has {MaxSameName:N0} downloads named {name} already.",
            _path);
    }

    /// <summary>Takes the name with an empty file: the one step that is atomic everywhere, and that fails on
    /// a link rather than follow it. Moving without overwriting is two steps on Unix.</summary>
    private static bool TryReserve(string target)
    {
        try
        {
            new FileStream(target, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            && (Path.Exists(target) || new FileInfo(target).LinkTarget is not null))
        {
            return false;
        }
    }

    private static void ReplaceReserved(string part, string target)
    {
        try
        {
            File.Move(part, target, overwrite: true);
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    private Crawl4Exception Explain(Exception failure)
    {
        const int DiskFullUnix = 28;
        const int DiskFullWindows = unchecked((int)0x80070070);
        var code = failure is UnauthorizedAccessException ? Crawl4ErrorCode.StoreReadOnly
            : failure.HResult is DiskFullWindows or DiskFullUnix ? Crawl4ErrorCode.StoreFull
            : Crawl4ErrorCode.StoreUnavailable;
        return new Crawl4Exception(
            code, $"The download cannot be saved in {_path}: {failure.Message}", _path, failure);
    }
}
