using System.Globalization;
using System.Text.RegularExpressions;
using Crawl4.Core.Diagnostics;

namespace Crawl4.Core.Tests.Diagnostics;

/// <summary>The log files of the stores.</summary>
public sealed partial class StoreLogsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedEvents _inner = new();

    private string Hybrid => Path.Combine(_folder.Path, "hybrid_db.log");

    private string DynamoDb => Path.Combine(_folder.Path, "dynamodb.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_GoToTheFileTheyBelongTo_AndAllAreGoneOn()
    {
        var time = new FakeTimeProvider();
        await using (var logs = Open(time))
        {
            logs.Write(new Crawl4Event(EventIds.ReadFellBack, EventSeverity.Warning, "fell back"));
            logs.Write(new Crawl4Event(EventIds.RolloutChanged, EventSeverity.Information, "changed"));
            logs.Write(new Crawl4Event(EventIds.RequestFailed, EventSeverity.Debug, "throttled"));
            logs.Write(new Crawl4Event(EventIds.CacheHit, EventSeverity.Debug, "hit"));
        }

        var pid = Environment.ProcessId;
        Assert.Equal(
            [$"2026-01-01T00:00:00.000Z warn  4004 [{pid}] fell back", $"2026-01-01T00:00:00.000Z info  5000 [{pid}] changed"],
            Lines(Hybrid));
        Assert.Equal([$"2026-01-01T00:00:00.000Z debug 4100 [{pid}] throttled"], Lines(DynamoDb));
        Assert.Equal([4004, 5000, 4100, 1000], _inner.All.Select(item => item.Id));
    }

    [Fact]
    public async Task NothingToSay_MakesNoFile_AndNoFolder()
    {
        await using (var logs = Open())
        {
            logs.Write(new Crawl4Event(EventIds.CacheHit, EventSeverity.Debug, "hit"));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        var missing = Path.Combine(_folder.Path, "none");
        await using (var logs = new StoreLogs(missing, TimeProvider.System, NullEventSink.Instance))
        {
            logs.Write(new Crawl4Event(EventIds.ReadFellBack, EventSeverity.Warning, "lost"));
        }

        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task FullFile_IsNumbered_AndTheOldestGoes()
    {
        const int Bytes = 1000;
        for (var i = 0; i < 100; i++)
        {
            await using var logs = Open(maxBytes: Bytes);
            logs.Write(Numbered(i));
        }

        var files = Directory.EnumerateFiles(_folder.Path).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([Hybrid, Hybrid + ".1", Hybrid + ".2", Hybrid + ".3"], files);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, Bytes));
        var numbers = ((string[])[Hybrid + ".3", Hybrid + ".2", Hybrid + ".1", Hybrid]).SelectMany(Lines).Select(NumberOf).ToList();
        Assert.Equal(Enumerable.Range(100 - numbers.Count, numbers.Count), numbers);
    }

    [Fact]
    public async Task ManyWriters_AtOnce_LoseAndMixNoLine()
    {
        const int Writers = 4;
        const int Each = 300;
        // Nothing falls off the end: four files hold all of it.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i += 10)
            {
                await using var logs = Open(maxBytes: 40_000);
                for (var j = i; j < i + 10; j++)
                {
                    logs.Write(Numbered((writer * Each) + j));
                }
            }
        })));
        var files = Directory.EnumerateFiles(_folder.Path).ToList();
        Assert.InRange(files.Count, 2, 4);
        Assert.Equal(Enumerable.Range(0, Writers * Each), files.SelectMany(Lines).Select(NumberOf).Order());
    }

    [Fact]
    public async Task FileThatCannotBeWritten_StopsNobody_AndIsSaidLater()
    {
        Directory.CreateDirectory(Hybrid);
        await using (var logs = Open())
        {
            logs.Write(Numbered(1));
            logs.Write(new Crawl4Event(EventIds.RequestFailed, EventSeverity.Debug, "first"));
            await FileIsThereAsync(DynamoDb);
            Directory.Delete(Hybrid);
            logs.Write(Numbered(2));
        }

        var lines = Lines(Hybrid);
        Assert.Equal(2, NumberOf(lines[0]));
        Assert.EndsWith("1 lines before this could not be written.", lines[1], StringComparison.Ordinal);
        Assert.Equal(3, _inner.All.Count);
    }

    [Fact]
    public async Task MoreThanCanWait_IsCountedAndLeftOut()
    {
        const int Many = 20_000;
        await using (var logs = Open())
        {
            for (var i = 0; i < Many; i++)
            {
                logs.Write(Numbered(i));
            }

            Assert.Equal(Many, _inner.All.Count);
        }

        var lines = Lines(Hybrid);
        var lost = lines.Select(line => Lost().Match(line)).Where(match => match.Success)
            .Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.InRange(lines.Count(line => !Lost().IsMatch(line)) + lost, 1, Many);
    }

    [Theory]
    [InlineData("at https://me:hunter2@example.com/a?b=c", "at https://***@example.com/a?b=c")]
    [InlineData("GET /?access_token=hunter2&page=1", "GET /?access_token=***&page=1")]
    [InlineData("https://x/?a=1&X-Amz-Signature=hunter2 failed", "https://x/?a=1&X-Amz-Signature=*** failed")]
    [InlineData("sent Authorization: Bearer hunter2", "sent Authorization: ***")]
    [InlineData("{\"Cookie\": \"a=hunter2\"}", "{\"Cookie\": ***")]
    [InlineData("for AKIAHUNTER2HUNTER2 in", "for AKIA*** in")]
    [InlineData("keys are URLs, tokens=3", "keys are URLs, tokens=3")]
    public async Task Secrets_AreTakenOut(string message, string written)
    {
        await using (var logs = Open())
        {
            logs.Write(new Crawl4Event(EventIds.ReadFellBack, EventSeverity.Warning, message));
        }

        Assert.EndsWith("] " + written, Assert.Single(Lines(Hybrid)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_WithLineBreaksOrWithoutEnd_IsOneLineOfAReasonableLength()
    {
        await using (var logs = Open())
        {
            logs.Write(new Crawl4Event(EventIds.ReadFellBack, EventSeverity.Warning, "a\r\nb\tc\u001b[31m"));
            logs.Write(new Crawl4Event(EventIds.ReadFellBack, EventSeverity.Warning, new string('x', 1_000_000)));
        }

        var lines = Lines(Hybrid);
        Assert.EndsWith("a  b c [31m", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines[1].Length, 2000, 2100);
    }

    private StoreLogs Open(TimeProvider? time = null, long maxBytes = 1_000_000) =>
        new(_folder.Path, time ?? TimeProvider.System, _inner, maxBytes);

    private static string[] Lines(string path) => File.ReadAllLines(path);

    private static Crawl4Event Numbered(int number) => new(
        EventIds.DeliveryFailed, EventSeverity.Warning, string.Create(CultureInfo.InvariantCulture, $"line {number} end"));

    private static int NumberOf(string line) => int.Parse(LineNumber().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task FileIsThereAsync(string path)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(path))
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [GeneratedRegex(@"\] line (\d+) end$")]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"(\d+) lines before this could not be written\.$")]
    private static partial Regex Lost();
}
