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

    private const string LockName = "crawl4_rollout.log.lock";

    /// <summary>A line takes milliseconds; who holds the file longer hangs.</summary>
    private static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(10);

    private readonly CacheFolder _folder;
    private readonly TimeProvider _time;

    /// <summary>The log of a cache folder. Nothing is opened or created yet.</summary>
    /// <param name="folder">The cache folder.</param>
    /// <param name="time">The clock.</param>
    public RolloutAuditLog(CacheFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        _folder = folder;
        _time = time;
    }

    /// <summary>The file.</summary>
    public string FilePath => Path.Combine(_folder.Path, FileName);

    /// <summary>Adds a line and makes it durable. Only one process adds at a time: .NET has no append that the system
    /// makes whole, and lines would be written over each other.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellationToken">Stops waiting for others.</param>
    /// <exception cref="Crawl4Exception">The file cannot be written.</exception>
    public async Task AddAsync(RolloutAuditLine line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        var bytes = Write(line);
        try
        {
            Directory.CreateDirectory(_folder.Path);
            using var held = await FileLock.TakeAsync(
                Path.Combine(_folder.Path, LockName), LockDeadline, _time, cancellationToken).ConfigureAwait(false);
            Append(bytes);
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

    private void Append(byte[] bytes)
    {
        using var file = new FileStream(
            FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length > 0)
        {
            // A line that a crash cut off must not take the next one with it.
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }

        file.Write(bytes);
        file.Flush(flushToDisk: true);
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
