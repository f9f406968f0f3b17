using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace Crawl4.Core.Diagnostics;

/// <summary>Writes what happens in the stores to two files in the cache folder, and passes every event on:
/// <c>hybrid_db.log</c> has what concerns both stores and the rollout, <c>dynamodb.log</c> what concerns the calls of
/// DynamoDB.</summary>
/// <remarks>
/// <para>A line has the time (UTC), the severity, the event's number, the process and the message. What looks like a
/// secret is taken out of it. A file that has reached 5 MiB gets the suffix <c>.1</c>, and the three youngest of those
/// are kept. Several processes may write.</para>
/// <para>Writing never fails and never holds up whoever raises an event: lines wait in memory, 2,048 at most, and where a
/// file cannot be written they are counted and left out. Nothing is made before there is something to write, and never
/// the folder itself.</para>
/// </remarks>
public sealed class StoreLogs : IEventSink, IAsyncDisposable
{
    /// <summary>The file of both stores, the outbox and the rollout.</summary>
    public const string HybridFileName = "hybrid_db.log";

    /// <summary>The file of DynamoDB's calls: retries, throttles, slow calls.</summary>
    public const string DynamoDbFileName = "dynamodb.log";

    /// <summary>Four files of this size are searched in a moment and bother no disk.</summary>
    private const long DefaultMaxBytes = 5 * 1024 * 1024;

    /// <summary>More than a second's worth of the worst times; each is a few hundred bytes.</summary>
    private const int MaxWaiting = 2048;

    /// <summary>An answer of a service can be long; its beginning says what it is.</summary>
    private const int MaxMessage = 2000;

    /// <summary>At the end what waits is written, for so long.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly LogFile[] _files;
    private readonly long[] _lost = new long[2];
    private readonly TimeProvider _timeProvider;
    private readonly IEventSink _inner;
    private readonly Channel<(int File, string Line)> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _startLock = new();
    private Task? _writing;
    private int _closed;
    private int _held;

    /// <summary>Logs in a folder.</summary>
    /// <param name="folder">The cache folder. Where it is not there, nothing is written.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="inner">Where events go besides; not disposed.</param>
    public StoreLogs(string folder, TimeProvider timeProvider, IEventSink inner)
        : this(folder, timeProvider, inner, DefaultMaxBytes)
    {
    }

    internal StoreLogs(string folder, TimeProvider timeProvider, IEventSink inner, long maxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(inner);
        _files = [.. new[] { HybridFileName, DynamoDbFileName }
            .Select(name => new LogFile(Path.Combine(folder, name), maxBytes, timeProvider))];
        _timeProvider = timeProvider;
        _inner = inner;
        _waiting = Channel.CreateBounded<(int, string)>(
            new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <inheritdoc/>
    /// <remarks>Always: a failed request, which is tried again, is an event of the least severity.</remarks>
    public bool IsEnabled(EventSeverity severity) => true;

    /// <inheritdoc/>
    public void Write(in Crawl4Event item)
    {
        if (_inner.IsEnabled(item.Severity))
        {
            _inner.Write(item);
        }

        if (Volatile.Read(ref _held) > 0 || FileOf(item.Id) is not { } file)
        {
            return;
        }

        Start();
        if (!_waiting.Writer.TryWrite((file, Line(item))))
        {
            Interlocked.Increment(ref _lost[file]);
        }
    }

    /// <summary>Writes nothing more until what this gives is disposed of; events are passed on all the same.</summary>
    internal IDisposable Hold() => new Silence(this);

    /// <summary>Writes what waits, for two seconds at most. Events that come later are passed on only.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _waiting.Writer.TryComplete();
        Task? writing;
        lock (_startLock)
        {
            writing = _writing;
        }

        if (writing is not null)
        {
            using var late = new CancellationTokenSource(Farewell, _timeProvider);
            await using var stopping = late.Token.Register(_stop.Cancel).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private static int? FileOf(int id) => id switch
    {
        EventIds.RequestFailed or EventIds.RequestSlow or EventIds.WholeTableRead or EventIds.ChunksLeft => 1,
        EventIds.ReadFellBack or EventIds.DeliveryFailed or EventIds.FiguresNotWritten or EventIds.VerificationWaits
            or >= 5000 and < 6000 => 0,
        _ => null,
    };

    private string Line(in Crawl4Event item)
    {
        var message = item.Message.Length > MaxMessage ? item.Message[..MaxMessage] + "..." : item.Message;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{_timeProvider.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} ");
        line.Append(CultureInfo.InvariantCulture, $"{Word(item.Severity),-5} {item.Id} [{Environment.ProcessId}] ");
        foreach (var character in SecretText.Without(message))
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.Append('\n').ToString();
    }

    private static string Word(EventSeverity severity) => severity switch
    {
        EventSeverity.Debug => "debug",
        EventSeverity.Information => "info",
        EventSeverity.Warning => "warn",
        _ => "error",
    };

    private void Start()
    {
        if (Volatile.Read(ref _writing) is null)
        {
            lock (_startLock)
            {
                if (_closed == 0)
                {
                    _writing ??= Task.Run(WriteAsync, CancellationToken.None);
                }
            }
        }
    }

    private async Task WriteAsync()
    {
        var texts = new[] { new StringBuilder(), new StringBuilder() };
        var lines = new long[2];
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (lines.Sum() < MaxWaiting && _waiting.Reader.TryRead(out var next))
            {
                texts[next.File].Append(next.Line);
                lines[next.File]++;
            }

            for (var file = 0; file < texts.Length; file++)
            {
                await WriteAsync(file, texts[file], lines[file]).ConfigureAwait(false);
                texts[file].Clear();
                lines[file] = 0;
            }
        }
    }

    private async Task WriteAsync(int file, StringBuilder text, long lines)
    {
        if (lines == 0)
        {
            return;
        }

        var lost = Interlocked.Exchange(ref _lost[file], 0);
        if (lost > 0)
        {
            text.Append(Line(new Crawl4Event(
                EventIds.LinesLost, EventSeverity.Warning, $"{lost} lines before this could not be written.")));
        }

        if (!await _files[file].TryAddAsync(text.ToString(), _stop.Token).ConfigureAwait(false))
        {
            Interlocked.Add(ref _lost[file], lost + lines);
        }
    }

    private sealed class Silence : IDisposable
    {
        private readonly StoreLogs _logs;

        public Silence(StoreLogs logs)
        {
            _logs = logs;
            Interlocked.Increment(ref _logs._held);
        }

        public void Dispose() => Interlocked.Decrement(ref _logs._held);
    }
}
