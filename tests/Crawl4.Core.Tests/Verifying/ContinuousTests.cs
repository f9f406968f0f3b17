using Crawl4.Core.Diagnostics;
using Crawl4.Core.Storing;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>A verification that goes on until it is stopped: round after round, by the index, with a sample of contents
/// each time.</summary>
public sealed class ContinuousTests : IDisposable
{
    private const int Rows = 200;

    private readonly RowStore _sqlite = new("sqlite", parts: 1);
    private readonly RowStore _dynamoDb = new("dynamodb", parts: 4);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Mismatch> _found = [];

    public ContinuousTests()
    {
        for (var i = 0; i < Rows; i++)
        {
            _sqlite.Set(Entry(i));
            _dynamoDb.Set(Entry(i));
        }
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Continuous_DifferenceComesAndGoes_EachRoundSaysHowItIsThen()
    {
        var atEnd = new List<int>();
        var report = await RunAsync(
            () => _dynamoDb.Remove(Url(7)),
            () =>
            {
                atEnd.Add(_found.Count);
                _dynamoDb.Set(Entry(7));
                _sqlite.Set(Entry(8) with { Html = "newer", Version = 9 });
            },
            () => atEnd.Add(_found.Count));
        Assert.Equal([1, 2], atEnd);
        Assert.Equal(
            [(Url(7), MismatchKind.MissingInDynamoDb), (Url(8), MismatchKind.Stale)], _found.Select(one => (one.Url, one.Kind)));
        // What was found in the second round has been repaired by the third.
        Assert.Equal((1, 1), (report.MismatchCount, report.Counts[MismatchKind.Stale]));
        Assert.Equal((VerificationVerdict.Different, (long)Rows), (report.Verdict, report.Sqlite.Entries));
        Assert.Contains("Round 3.", report.Notes);
        Assert.Contains(report.Notes, note => note.Contains("index alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Continuous_Equal_SaysSoWithTheBoundOfItsSample()
    {
        var report = await RunAsync(() => { });
        Assert.Equal(VerificationVerdict.Equal, report.Verdict);
        Assert.Equal((Rows, 0L), (report.Sample!.Size, report.Sample.Mismatches));
        Assert.InRange(report.Sample.UpperBound, 0.001, 0.03);
        Assert.Empty(_found);
    }

    [Fact]
    public async Task Continuous_StoppedInALaterRound_ReportsTheLastWholeOne()
    {
        _dynamoDb.Remove(Url(1));
        var report = await RunAsync(() => _sqlite.Before = async url =>
        {
            if (url == Url(100))
            {
                await _stop.CancelAsync();
            }
        });
        Assert.Equal((VerificationVerdict.Different, (long)Rows), (report.Verdict, report.Sqlite.Entries));
        Assert.Contains("Round 1.", report.Notes);
    }

    [Fact]
    public async Task Continuous_StoppedInItsFirstRound_HasNothingToReport()
    {
        _sqlite.Before = async _ => await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync());
    }

    /// <summary>SQLite's damage is found by its content, DynamoDB's by the sample alone, which holds the one, the other or
    /// both.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(Rows)]
    public async Task Continuous_DamageInBothStores_TellsAndCountsEachOnce(int sampleSize)
    {
        _sqlite.Damage(Url(20));
        _dynamoDb.Damage(Url(30));
        for (var seed = 0; seed < 20; seed++)
        {
            _found.Clear();
            var report = await RunAsync(seed, sampleSize, () => { });
            Assert.True(
                report.MismatchCount == _found.Count && _found.Count == _found.DistinctBy(one => one.Url).Count(),
                $"Seed {seed}: {report.MismatchCount} counted, {string.Join(", ", _found.Select(one => one.Url))} told");
            Assert.Contains(_found, one => one.Url == Url(20));
            Assert.True(sampleSize < Rows || report is { MismatchCount: 2, Sample.Mismatches: 2 });
        }
    }

    [Fact]
    public async Task Continuous_OnlyTheSampleSeesIt_IsNotCalledEqual()
    {
        _dynamoDb.Alter(Url(40), entry => entry with { Html = "another" });
        var report = await RunAsync(() => { });
        Assert.Equal(Url(40), Assert.Single(_found).Url);
        Assert.Equal((VerificationVerdict.Different, 1L), (report.Verdict, report.MismatchCount));
    }

    private static string Url(int i) => $"https://example.com/{i:D3}";

    private static CacheEntry Entry(int i) => new() { Url = Url(i), Html = $"{i}", Version = 7 };

    private Task<VerificationReport> RunAsync(params Action[] afterEachRound) =>
        RunAsync(Verified.Seed, Rows, afterEachRound);

    /// <summary>Does something after each round, and stops it after the last of them, or where that stops it.</summary>
    private async Task<VerificationReport> RunAsync(int seed, int sampleSize, params Action[] afterEachRound)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var rounds = new Rounds(round =>
        {
            afterEachRound[round]();
            if (round == afterEachRound.Length - 1 && _sqlite.Before == RowStore.Nothing)
            {
                stop.Cancel();
            }
        });
        var (report, _) = await Verified.RunAsync(
            new VerifiedPair(_sqlite, _dynamoDb, null),
            Verified.Options(VerificationMode.Continuous) with
            {
                Seed = seed, SampleSize = sampleSize, Pause = TimeSpan.FromMilliseconds(1), Events = rounds,
            },
            found: _found, cancellationToken: stop.Token);
        return report;
    }

    private sealed class Rounds(Action<int> ended) : IEventSink
    {
        private int _round = -1;

        public bool IsEnabled(EventSeverity severity) => true;

        public void Write(in Crawl4Event item)
        {
            if (item.Id == EventIds.VerificationRound)
            {
                ended(++_round);
            }
        }
    }
}
