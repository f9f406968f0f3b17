using Crawl4.Core.Migrating;
using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Tests.Storing.Hybrid;

namespace Crawl4.Core.Tests.Migrating;

/// <summary>A thousand schedules of a migration that is killed and begun again at any point, by one process or two at
/// once, while others write and delete and DynamoDB fails: at the end both stores have what was written last.</summary>
public class MigrationSimulationTests
{
    private const int Schedules = 1000;
    private const int FirstSeed = 20_270_000;

    [Fact]
    public void ManySchedules_WithCrashesFaultsAndLiveWriters_EndEqual()
    {
        // Without a context what awaits an operation goes on where the operation ends, so that one thread does it all.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            for (var seed = FirstSeed; seed < FirstSeed + Schedules; seed++)
            {
                new Schedule(seed).Run();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class LastStatus(Action<MigrationStatus> keep) : IProgress<MigrationStatus>
    {
        public void Report(MigrationStatus value) => keep(value);
    }

    private sealed class Schedule
    {
        private const int WriterOwner = 1;
        private const int Urls = 8;
        private const int Operations = 120;

        private readonly Simulation _simulation;
        private readonly SimulatedSqlite _sqlite;
        private readonly SimulatedDynamoDb _dynamoDb;
        private readonly SimulatedLedger _ledger;
        private readonly HybridCacheStore _writer;
        private readonly RolloutState _state = new() { Salt = "s", Stage = RolloutStage.DualWrite };
        private readonly Dictionary<string, string> _expected = [];
        private readonly Dictionary<string, Task> _writing = [];
        private readonly List<(int Owner, Task<MigrationStatus> Task)> _runs = [];
        private readonly List<string> _log = [];
        private int _lastOwner = WriterOwner;
        private MigrationStatus _last = MigrationStatus.None;

        public Schedule(int seed)
        {
            _simulation = new Simulation(seed);
            _sqlite = new SimulatedSqlite(_simulation);
            _dynamoDb = new SimulatedDynamoDb(_simulation);
            _ledger = new SimulatedLedger(_simulation);
            _writer = Hybrid(WriterOwner);
            for (var i = 0; i < Urls; i++)
            {
                // Some of a time, some from before tables kept one.
                var version = i % 2 == 0 ? VersionClock.FromTime(_simulation.Time.GetUtcNow().AddDays(-i)) : 0;
                _sqlite.Seed(new CacheEntry { Url = $"https://e/{i}", Html = $"seed {i}", Version = version });
                _expected[$"https://e/{i}"] = $"seed {i}";
            }
        }

        public void Run()
        {
            for (var begun = 0; begun < Operations; begun++)
            {
                Begin();
                for (var steps = _simulation.Random.Next(6); steps > 0; steps--)
                {
                    _simulation.Step();
                }

                _runs.RemoveAll(run => run.Task.IsCompleted && Check(run.Task));
            }

            Finish();
        }

        private void Begin()
        {
            var random = _simulation.Random;
            var url = $"https://e/{random.Next(Urls)}";
            switch (random.Next(20))
            {
                case < 6:
                    Write(url);
                    break;
                case 6:
                    _ = _writer.DrainAsync(default);
                    break;
                case 7:
                    _dynamoDb.FaultPercent = random.Next(3) * 20;
                    _dynamoDb.IsAway = random.Next(4) == 0;
                    break;
                case 8 or 9 when _runs.Count > 0:
                    Kill();
                    break;
                case < 14 when _runs.Count < 2:
                    Start();
                    break;
                default:
                    break;
            }
        }

        /// <summary>One writer a URL at a time, so that what was written last is known.</summary>
        private void Write(string url)
        {
            if (_writing.TryGetValue(url, out var before) && !before.IsCompleted)
            {
                return;
            }

            var value = $"v{_log.Count}";
            Log($"write {url} {value}");
            switch (_simulation.Random.Next(4))
            {
                case 0:
                    _expected[url] = "";
                    _writing[url] = _writer.DeleteAsync(url, default);
                    break;
                case 1:
                    _expected[url] = value;
                    _sqlite.WriteAsPython(new CacheEntry { Url = url, Html = value });
                    break;
                case 2:
                    _expected[url] = "";
                    _sqlite.DeleteAsPython(url);
                    break;
                default:
                    _expected[url] = value;
                    _writing[url] = _writer.PutAsync(new CacheEntry { Url = url, Html = value }, default);
                    break;
            }
        }

        private void Start()
        {
            var owner = ++_lastOwner;
            Log($"{owner} begins to migrate");
            var sqlite = _sqlite.Open(owner);
            var hybrid = Hybrid(owner);
            var migration = new Migration(
                new MigrationStores
                {
                    Sqlite = sqlite, Outbox = sqlite, Ledger = _ledger.Open(owner), Copies = null!,
                    DynamoDb = _dynamoDb.Open(owner), Usage = () => new DynamoDbUsage(0, 0, 0, 0),
                    State = _ => ValueTask.FromResult(_state), BeginDualWrite = (_, _) => throw new InvalidOperationException(),
                    Drain = hybrid.DrainAsync,
                },
                new MigrationOptions
                {
                    TimeProvider = _simulation.Time, HeartbeatInterval = TimeSpan.FromMilliseconds(20),
                    CheckpointInterval = TimeSpan.FromMilliseconds(5), LeaseTime = TimeSpan.FromMilliseconds(100),
                    OutageLimit = TimeSpan.FromHours(1),
                });
            _runs.Add((owner, migration.RunAsync(
                new MigrationRequest
                {
                    Holder = new LeaseHolder("p", "m", owner), Limits = new MigrationLimits { BatchSize = 2, ThrottleLimit = 2 },
                }, new LastStatus(status => _last = status), default)));
        }

        private void Kill()
        {
            var (owner, _) = _runs[_simulation.Random.Next(_runs.Count)];
            Log($"{owner} dies");
            _simulation.Kill(owner);
            _runs.RemoveAll(run => run.Owner == owner);
        }

        /// <summary>Everything ends, DynamoDB is well again, and the migration is run once more, or gone on with.</summary>
        private void Finish()
        {
            (_dynamoDb.IsAway, _dynamoDb.FaultPercent) = (false, 0);
            Complete();
            var status = RunOnce();
            Assert.True(status.State == MigrationState.Completed && status.Damaged == 0, Message($"{status.State}: {status.Reason}"));
            Drain();
            AssertEqual();
            var again = RunOnce();
            Assert.True(again.Copied == 0 && again.Unchanged == _sqlite.Rows.Count, Message($"Once more copied {again.Copied}."));
            AssertEqual();
        }

        private MigrationStatus RunOnce()
        {
            Start();
            var run = _runs[^1].Task;
            Complete();
            return run.GetAwaiter().GetResult();
        }

        private void Drain()
        {
            // What delivered before may have given DynamoDB up for a while.
            _simulation.Time.Advance(TimeSpan.FromMinutes(1));
            var drained = _writer.DrainAsync(default);
            Until(() => drained.IsCompleted);
        }

        private void AssertEqual()
        {
            foreach (var (url, value) in _expected)
            {
                var inSqlite = _sqlite.Rows.GetValueOrDefault(url)?.Html ?? "";
                Assert.True(value == inSqlite, Message($"{url} is '{inSqlite}' in SQLite and was written as '{value}'."));
                var inDynamoDb = _dynamoDb.Rows.GetValueOrDefault(url)?.Html ?? "";
                Assert.True(value == inDynamoDb, Message($"{url} is '{inDynamoDb}' in DynamoDB and was written as '{value}'."));
            }
        }

        private void Complete() => Until(() =>
        {
            _runs.RemoveAll(run => run.Task.IsCompleted && Check(run.Task));
            return _runs.Count == 0 && _writing.Values.All(task => task.IsCompleted);
        });

        private void Until(Func<bool> isDone)
        {
            for (var steps = 0; !isDone(); steps++)
            {
                // Waits after failures take seconds, steps milliseconds.
                if (!_simulation.HasPending || steps % 50 == 0)
                {
                    _simulation.Time.Advance(TimeSpan.FromMilliseconds(200));
                }

                _simulation.Step();
                Assert.True(steps < 20_000, Message("Something never ends."));
            }
        }

        /// <summary>A run may find another one, or be taken over; nothing else ends it.</summary>
        private bool Check(Task task)
        {
            if (task.Exception?.InnerException is { } error)
            {
                Log(error.Message);
                Assert.True(error is Crawl4Exception { Code: Crawl4ErrorCode.MigrationHeld }, Message(error.ToString()));
            }

            return true;
        }

        private HybridCacheStore Hybrid(int owner)
        {
            var sqlite = _sqlite.Open(owner);
            return new HybridCacheStore(
                sqlite, sqlite, _dynamoDb.Open(owner), _ => ValueTask.FromResult(_state),
                new HybridOptions { TimeProvider = _simulation.Time, DrainsByItself = false });
        }

        private void Log(string line) => _log.Add($"{_simulation.Time.GetUtcNow():ss.fff} {line}");

        private string Message(string what) => $"Seed {_simulation.Seed}: {what}\n{_last}, {_last.Phase} behind '{_last.Checkpoint}'\n{string.Join('\n', _log)}";
    }
}
