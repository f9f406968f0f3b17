using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crawl4.Core.Settings;

namespace Crawl4.Core.Rollout;

/// <summary>Every change of a rollout, a line of JSON each, in <c>crawl4_rollout.jsonl</c> in the cache folder. Lines
/// are only ever added.</summary>
public sealed class RolloutAuditLog
{
    /// <summary>The file's name.</summary>
    public const string FileName = "crawl4_rollout.jsonl";

    private readonly CacheFolder _folder;

    /// <summary>The log of a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="folder">The cache folder.</param>
    public RolloutAuditLog(CacheFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
    }

    /// <summary>The file.</summary>
    public string FilePath => Path.Combine(_folder.Path, FileName);

    /// <summary>Adds a line and makes it durable. Lines of several processes do not mix: each is one write to the
    /// end of the file.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="Crawl4Exception">The file cannot be written.</exception>
    public void Add(RolloutAuditLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var bytes = Write(line);
        try
        {
            Directory.CreateDirectory(_folder.Path);
            using var file = new FileStream(
                FilePath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Crawl4Error(
                Crawl4ErrorCode.StoreReadOnly, $"The audit log '{FilePath}' cannot be written: {error.Message}", FilePath)
                .ToException(error);
        }
    }

    /// <summary>The lines, oldest first. A line that was cut off by a crash is left out.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Crawl4Exception">The file cannot be read.</exception>
    public async IAsyncEnumerable<RolloutAuditLine> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath))
        {
            yield break;
        }

        using var reader = new StreamReader(
            FilePath, new FileStreamOptions { Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous });
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text)
        {
            if (Read(text) is { } line)
            {
                yield return line;
            }
        }
    }

    private static byte[] Write(RolloutAuditLine line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteState(writer, "from", line.From);
            WriteState(writer, "to", line.To);
            if (line.Window is { } window)
            {
                WriteWindow(writer, window);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteState(Utf8JsonWriter writer, string name, RolloutState state)
    {
        writer.WriteStartObject(name);
        RolloutStateJson.WriteMembers(writer, state);
        writer.WriteEndObject();
    }

    private static void WriteWindow(Utf8JsonWriter writer, RolloutWindow window)
    {
        writer.WriteStartObject("window");
        writer.WriteString("from", window.From.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("to", window.To.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteNumber("mismatches", window.Mismatches);
        foreach (var (name, store) in new[] { ("sqlite", window.Sqlite), ("dynamodb", window.DynamoDb) })
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("observations", store.Observations);
            writer.WriteNumber("errors", store.Errors);
            writer.WriteNumber("p50_ms", store.P50.TotalMilliseconds);
            writer.WriteNumber("p95_ms", store.P95.TotalMilliseconds);
            writer.WriteNumber("p99_ms", store.P99.TotalMilliseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private RolloutAuditLine? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new RolloutAuditLine(
                RolloutStateJson.Read(root.GetProperty("from"), FilePath),
                RolloutStateJson.Read(root.GetProperty("to"), FilePath),
                root.TryGetProperty("window", out var window) ? ReadWindow(window) : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or Crawl4Exception
            or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static RolloutWindow ReadWindow(JsonElement window) => new(
        window.GetProperty("from").GetDateTimeOffset(),
        window.GetProperty("to").GetDateTimeOffset(),
        ReadStore(window.GetProperty("sqlite")),
        ReadStore(window.GetProperty("dynamodb")),
        window.GetProperty("mismatches").GetInt64());

    private static StoreWindow ReadStore(JsonElement store) => new(
        store.GetProperty("observations").GetInt64(),
        store.GetProperty("errors").GetInt64(),
        Milliseconds(store.GetProperty("p50_ms")),
        Milliseconds(store.GetProperty("p99_ms")))
    {
        // Lines of earlier versions do not have it.
        P95 = store.TryGetProperty("p95_ms", out var p95) ? Milliseconds(p95) : default,
    };

    /// <summary>TimeSpan's own conversion cuts off, so that a tick would be lost.</summary>
    private static TimeSpan Milliseconds(JsonElement value) =>
        TimeSpan.FromTicks((long)Math.Round(value.GetDouble() * TimeSpan.TicksPerMillisecond));
}
