using System.Text.Json;
using Crawl4.Core.Files;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Rollout;

/// <summary>The mark of the last full verification, in <c>crawl4_verified.json</c> in the cache folder.</summary>
public sealed class VerificationMarkFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_verified.json";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    private readonly CacheFolder _folder;

    /// <summary>The mark of a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="folder">The cache folder.</param>
    public VerificationMarkFile(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
    }

    private string FilePath => Path.Combine(_folder.Path, FileName);

    /// <summary>The mark, or null where there is none, or none that can be read: then both mean that a verification is
    /// due.</summary>
    public VerificationMark? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<VerificationMark>(File.ReadAllBytes(FilePath), Form);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts a mark in place of the last one.</summary>
    /// <param name="mark">The mark.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.StoreReadOnly"/> where it cannot be
    /// written.</exception>
    public void Write(VerificationMark mark)
    {
        try
        {
            Directory.CreateDirectory(_folder.Path);
            DurableFile.Replace(FilePath, JsonSerializer.SerializeToUtf8Bytes(mark, Form));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreReadOnly, $"The verification's mark '{FilePath}' cannot be written: {error.Message}",
                FilePath).ToException(error);
        }
    }
}
