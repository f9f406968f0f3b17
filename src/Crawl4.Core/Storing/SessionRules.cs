using System.Text;
using System.Text.Json;

namespace Crawl4.Core.Storing;

/// <summary>What a session may be. Every store says the same.</summary>
internal static class SessionRules
{
    /// <summary>Fits a partition key of DynamoDB (2,048 bytes) with room to spare.</summary>
    public const int MaxIdBytes = 1024;

    /// <summary>Fits an item of DynamoDB (400 KB), and a browser's cookies and storage many times over.</summary>
    public const int MaxDataBytes = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions OneValue = new() { MaxDepth = 512 };

    public static void CheckId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Any(char.IsControl) || Bytes(id, nameof(id)).Length > MaxIdBytes)
        {
            throw new ArgumentException("A session's id has 1 to 1,024 bytes and no control characters.", nameof(id));
        }
    }

    /// <returns>The size in bytes.</returns>
    public static int CheckData(string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var bytes = Bytes(data, nameof(data));
        if (bytes.Length > MaxDataBytes)
        {
            throw new ArgumentException(
                $"A session's data has {bytes.Length} bytes; {MaxDataBytes} are allowed.", nameof(data));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, OneValue);
        }
        catch (JsonException)
        {
            // What is wrong with it would quote it.
            throw new ArgumentException("A session's data is not one JSON value.", nameof(data));
        }

        return bytes.Length;
    }

    /// <summary>To the millisecond, which every store keeps.</summary>
    public static DateTimeOffset Now(TimeProvider timeProvider) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeProvider.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>In whole seconds, which is all that DynamoDB's TTL reads, and never earlier than said.</summary>
    public static DateTimeOffset End(DateTimeOffset now, TimeSpan timeToLive) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling((now + timeToLive).ToUnixTimeMilliseconds() / 1000.0));

    private static byte[] Bytes(string text, string name)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("A session has half a character in it, which cannot be kept.", name);
        }
    }
}
