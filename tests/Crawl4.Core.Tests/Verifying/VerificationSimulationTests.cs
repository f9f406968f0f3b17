using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.Hybrid;
using Crawl4.Core.Verifying;

namespace Crawl4.Core.Tests.Verifying;

/// <summary>Schedules in which processes write, delete and deliver, rows are written past the outbox, items are lost and
/// damaged, and all the while both stores are verified and repaired over a bad line: nothing newer is ever replaced,
/// nothing deleted comes back, and what is called equal is equal.</summary>
public class VerificationSimulationTests
{
    private const int Schedules = 600;
    private const int FirstSeed = 20_261_100;

    [Fact]
    public void ManySchedules_VerifiedAndRepairedUnderLiveWriters_EndEqual()
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var repaired = 0;
            for (var seed = FirstSeed; seed < FirstSeed + Schedules; seed++)
            {
                repaired += new Schedule(seed).Run();
            }

            // Otherwise the schedules would not try what they are for.
            Assert.InRange(repaired, Schedules, int.MaxValue);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class Schedule
    {
        private const int Operations = 80;
        private const int Writer = 1;
        private const int Verifier = 2;
        private static readonly string[] Urls = [.. Enumerable.Range(0, 6).Select(i => $"https://a/{i}")];

        private readonly Simulation _simulation;
        private readonly SimulatedSqlite _sqlite;
        private readonly SimulatedDynamoDb _dynamoDb;
        private readonly HybridCacheStore _store;
        private readonly VerifiedPair _pair;
        private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
        private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
        private readonly List<Task> _running = [];
        private readonly List<string> _log = [];
        private Task? _verifying;
        private int _repaired;
        private int _number;

        public Schedule(int seed)
        {
            _simulation = new Simulation(seed);
            _sqlite = new SimulatedSqlite(_simulation);
            _dynamoDb = new SimulatedDynamoDb(_simulation);
            var (sqlite, state) = (_sqlite.Open(Writer), new RolloutState { Salt = "s", Stage = RolloutStage.DualWrite });
            _store = new HybridCacheStore(sqlite, sqlite, _dynamoDb.Open(Writer), _ => ValueTask.FromResult(state),
                new HybridOptions { TimeProvider = _simulation.Time, DrainsByItself = false });
            var verified = _sqlite.Open(Verifier);
            _pair = new VerifiedPair(verified, _dynamoDb.Open(Verifier), verified);
        }

        public int Run()
        {
            for (var begun = 0; begun < Operations; begun++)
            {
                Begin();
                for (var steps = _simulation.Random.Next(4); steps >= 0; steps--)
                {
                    Step();
                }
            }

            Finish();
            return _repaired;
        }

        private void Begin()
        {
            var url = Urls[_simulation.Random.Next(Urls.Length)];
            switch (_simulation.Random.Next(17))
            {
                case < 5 when _busy.Add(url):
                    _running.Add(WriteAsync(url, _simulation.Random.Next(4) == 0 ? "" : $"v{++_number}"));
                    break;
                case < 8:
                    _running.Add(_store.DrainAsync(default));
                    break;
                case < 10 when !_busy.Contains(url):
                    _written[url] = $"p{++_number}";
                    _sqlite.WriteUnseen(new CacheEntry { Url = url, Html = _written[url] });
                    Log($"unseen {url} {_written[url]}");
                    break;
                case 16 when !_busy.Contains(url) && _sqlite.Rows.ContainsKey(url) && _simulation.Random.Next(3) == 0:
                    _sqlite.RefreshAsPython(url, $"e{++_number}");
                    Log($"refreshed {url} e{_number}");
                    break;
                case 10:
                    Log($"lost {url} {_dynamoDb.Lose(url)}");
                    break;
                case 11:
                    _dynamoDb.Damage(url);
                    Log($"damaged {url}");
                    break;
                case 12:
                    _dynamoDb.FaultPercent = _simulation.Random.Next(3) * 10;
                    break;
                case > 12 when _verifying is null or { IsCompleted: true }:
                    _running.Add(_verifying = VerifyAsync());
                    break;
                default:
                    break;
            }
        }

        private async Task WriteAsync(string url, string value)
        {
            Log($"writes {url} {value}");
            if (value.Length == 0)
            {
                await _store.DeleteAsync(url, default);
            }
            else
            {
                await _store.PutAsync(new CacheEntry { Url = url, Html = value }, default);
            }

            Log($"wrote {url} {value}");
            _written[url] = value;
            _busy.Remove(url);
        }

        private async Task<VerificationReport> VerifyAsync()
        {
            Log("verifies");
            var found = new List<Mismatch>();
            var check = new ConsistencyCheck(_pair, RolloutState.None, null, new VerificationOptions
            {
                Seed = _simulation.Seed, FindsOrphans = false, TimeProvider = _simulation.Time,
                SettlingTime = TimeSpan.FromMilliseconds(6), MaxRechecks = 3,
            });
            var report = await check.RunAsync((mismatch, _) =>
            {
                found.Add(mismatch);
                return ValueTask.CompletedTask;
            }, default);
            Log($"verified: {report.Verdict} {string.Join(", ", found)}");
            var repair = new ConsistencyRepair(_pair, new RepairOptions { AllowsDelete = true, TimeProvider = _simulation.Time });
            foreach (var mismatch in found)
            {
                try
                {
                    var outcome = await repair.RepairAsync(mismatch, default);
                    _repaired += outcome.Action is RepairAction.Left or RepairAction.AlreadyEqual ? 0 : 1;
                    Log($"repaired {mismatch}: {outcome.Action}");
                }
                catch (Crawl4Exception)
                {
                    // The line is bad; the next round finds it again.
                }
            }

            return report;
        }

        /// <summary>All is well again: the outbox is emptied, what is left is verified and repaired, and then both are
        /// equal and as they were written last.</summary>
        private void Finish()
        {
            _dynamoDb.FaultPercent = 0;
            Complete();
            _simulation.Time.Advance(TimeSpan.FromMinutes(1));
            _running.Add(_store.DrainAsync(default));
            Complete();
            Verify();
            // A repair of SQLite leaves a line in the outbox.
            _running.Add(_store.DrainAsync(default));
            Complete();
            var last = Verify();
            Assert.True(last.Verdict == VerificationVerdict.Equal, Message($"It ended {last.Verdict}."));
            Assert.False(_dynamoDb.HasDamage, Message("What is damaged is called equal."));
            foreach (var url in Urls)
            {
                var inSqlite = _sqlite.Rows.GetValueOrDefault(url)?.Html ?? "";
                Assert.True(inSqlite == _written.GetValueOrDefault(url, ""), Message($"{url} is '{inSqlite}' in SQLite."));
                var inDynamoDb = _dynamoDb.Rows.GetValueOrDefault(url)?.Html ?? "";
                Assert.True(inSqlite == inDynamoDb, Message($"{url} is '{inSqlite}' in SQLite and '{inDynamoDb}' in DynamoDB."));
            }
        }

        private VerificationReport Verify()
        {
            var verifying = VerifyAsync();
            _running.Add(verifying);
            Complete();
            return verifying.GetAwaiter().GetResult();
        }

        private void Complete()
        {
            for (var steps = 0; _running.Count > 0; steps++)
            {
                Step();
                Assert.True(steps < 20_000, Message("Something never ends."));
            }
        }

        private void Step()
        {
            if (!_simulation.HasPending)
            {
                _simulation.Time.Advance(TimeSpan.FromMilliseconds(50));
            }

            _simulation.Step();
            foreach (var task in _running.Where(task => task.IsCompleted).ToArray())
            {
                _running.Remove(task);
                if (task.IsFaulted)
                {
                    throw new InvalidOperationException(Message("An operation failed."), task.Exception);
                }
            }
        }

        private void Log(string line) => _log.Add($"{_simulation.Time.GetUtcNow():ss.fff} {line}");

        private string Message(string what) => $"Seed {_simulation.Seed}: {what}\n{string.Join('\n', _log)}";
    }
}
