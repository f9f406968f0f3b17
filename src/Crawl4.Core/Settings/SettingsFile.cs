using System.Text.Json;

namespace Crawl4.Core.Settings;

/// <summary>Settings of one cache, in <c>crawl4_settings.json</c> in its folder: an object whose members are named as the
/// environment variables are. The environment wins over it. With it a scheduled task finds the same tables as the shell
/// that set them up.</summary>
public sealed class SettingsFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_settings.json";

    /// <summary>What may be in it. Credentials may not: they belong into the AWS credential chain, not beside a
    /// cache.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "AWS_PROFILE", "AWS_REGION", "DYNAMODB_BATCH_SIZE", "DYNAMODB_CONSISTENT_READS", "DYNAMODB_ENDPOINT",
        "DYNAMODB_ENDPOINT_URL", "DYNAMODB_MAX_ITEM_SIZE", "DYNAMODB_MAX_POOL_CONNECTIONS", "DYNAMODB_MAX_RETRIES",
        "DYNAMODB_SESSION_TABLE_NAME", "DYNAMODB_TABLE_CONTENT", "DYNAMODB_TABLE_CRAWL_RESULTS", "DYNAMODB_TABLE_NAME",
        "DYNAMODB_TABLE_SESSIONS", "DYNAMODB_TTL_DAYS", "REDIS_URL",
    ];

    /// <summary>Nobody writes so many settings: whatever is longer is another file.</summary>
    private const int MaxBytes = 64 * 1024;

    private readonly Dictionary<string, string> _values;

    private SettingsFile(Dictionary<string, string> values) => _values = values;

    /// <summary>Reads the file of a cache folder; nothing where there is none.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where it is no JSON object of texts,
    /// numbers and truth values, or has a name that is not known; <see cref="Crawl4ErrorCode.StoreUnavailable"/> where it
    /// cannot be read.</exception>
    public static SettingsFile Read(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder.Path, FileName);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return new SettingsFile([]);
            }

            return info.Length <= MaxBytes
                ? new SettingsFile(Parse(File.ReadAllBytes(path), path))
                : throw Invalid(path, $"is longer than {MaxBytes} bytes");
        }
        catch (JsonException error)
        {
            throw Invalid(path, $"is not JSON: {error.Message.TrimEnd('.')}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreUnavailable, $"The settings '{path}' cannot be read: {error.Message}", path)
                .ToException(error);
        }
    }

    /// <summary>An environment that has this file behind it.</summary>
    /// <param name="environment">Gives the value of an environment variable, or null. It wins; an empty text counts as
    /// not given.</param>
    public Func<string, string?> Behind(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return name => environment(name) is { Length: > 0 } value ? value : _values.GetValueOrDefault(name);
    }

    private static Dictionary<string, string> Parse(byte[] bytes, string path)
    {
        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(path, "is not a JSON object");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!Names.Contains(member.Name))
            {
                throw Invalid(path, $"has '{member.Name}', which is no setting", null,
                    $"Remove it, or give one of {string.Join(", ", Names)}.");
            }

            values[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.Value.GetRawText(),
                _ => throw Invalid(path, $"has '{member.Name}' as {member.Value.ValueKind}, which is not a plain value"),
            };
        }

        return values;
    }

    private static Crawl4Exception Invalid(string path, string what, Exception? cause = null, string? advice = null) =>
        new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"The settings file '{path}' {what}.", path)
        { Advice = advice ?? "Correct or remove the file." }.ToException(cause);
}
