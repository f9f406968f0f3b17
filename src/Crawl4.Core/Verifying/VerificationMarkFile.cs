using System.Globalization;
using System.Text.Json;
using Crawl4.Core.Files;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Verifying;

/// <summary>The mark in <c>crawl4_verification.json</c> in the cache folder.</summary>
public sealed class VerificationMarkFile : IVerificationMarks
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_verification.json";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };
    private readonly string _path;

    /// <summary>The file of a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="folder">The cache folder.</param>
    public VerificationMarkFile(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _path = Path.Combine(folder.Path, FileName);
    }

    /// <inheritdoc/>
    public async Task<VerificationMark?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Read(await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreUnavailable, $"The mark of the last verification, '{_path}', cannot be read.", _path)
            { Advice = "Run a full verification again: it writes the file anew." }.ToException(error);
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(VerificationMark mark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mark);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            DurableFile.Replace(_path, Json(mark));
            return Task.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreReadOnly, $"The mark of a verification, '{_path}', cannot be written: {error.Message}",
                _path).ToException(error);
        }
    }

    private static byte[] Json(VerificationMark mark)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("begun_at", mark.BegunAt.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("ended_at", mark.EndedAt.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteNumber("revision", mark.Revision);
            writer.WriteString("verdict", mark.Verdict.ToString());
            writer.WriteNumber("entries", mark.Entries);
            writer.WriteNumber("mismatches", mark.Mismatches);
            writer.WriteBoolean("checked_content", mark.CheckedContent);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static VerificationMark Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new VerificationMark(
            root.GetProperty("begun_at").GetDateTimeOffset(), root.GetProperty("ended_at").GetDateTimeOffset(),
            root.GetProperty("revision").GetInt64(),
            Enum.Parse<VerificationVerdict>(root.GetProperty("verdict").GetString() ?? ""),
            root.GetProperty("entries").GetInt64(), root.GetProperty("mismatches").GetInt64(),
            root.GetProperty("checked_content").GetBoolean());
    }
}
