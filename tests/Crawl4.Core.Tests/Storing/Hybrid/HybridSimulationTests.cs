using Crawl4.Core.Rollout;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;

namespace Crawl4.Core.Tests.Storing.Hybrid;

/// <summary>Two thousand schedules of several processes that write, read, delete, deliver, die and are switched from
/// stage to stage while DynamoDB fails in every way: no acknowledged write is ever lost or read too old.</summary>
public class HybridSimulationTests
{
    private const int Schedules = 2000;
    private const int FirstSeed = 20_260_000;

    [Fact]
    public void ManySchedules_WithFaultsCrashesAndStageChanges_LoseNothing()
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

    private sealed class Schedule
    {
        private const int Processes = 2;
        private const int Operations = 60;
        private static readonly string[] Urls = ["https://a/1", "https://a/2", "https://b/3"];

        private readonly Simulation _simulation;
        private readonly SimulatedSqlite _sqlite;
        private readonly SimulatedDynamoDb _dynamoDb;
        private readonly HybridCacheStore[] _stores = new HybridCacheStore[Processes];
        private readonly RolloutState[] _seen = new RolloutState[Processes];
        private readonly Dictionary<string, Expected> _expected = Urls.ToDictionary(url => url, _ => new Expected());
        private readonly List<(int Process, Task Task)> _running = [];
        private readonly List<string> _log = [];
        private RolloutState _state = new() { Salt = "s", Stage = RolloutStage.DualWrite };
        private readonly int[] _owners = new int[Processes];
        private int _lastOwner;

        public Schedule(int seed)
        {
            _simulation = new Simulation(seed);
            _sqlite = new SimulatedSqlite(_simulation);
            _dynamoDb = new SimulatedDynamoDb(_simulation);
            for (var i = 0; i < Processes; i++)
            {
                Start(i);
            }
        }

        public void Run()
        {
            for (var begun = 0; begun < Operations;)
            {
                begun += Begin() ? 1 : 0;
                _simulation.Step();
                _running.RemoveAll(item => item.Task.IsCompleted && Check(item.Task));
            }

            Finish();
        }

        private bool Begin()
        {
            var random = _simulation.Random;
            var process = random.Next(Processes);
            switch (random.Next(24))
            {
                case < 6:
                    return Write(process, Urls[random.Next(Urls.Length)]);
                case < 12:
                    Do(process, ReadAsync(process, Urls[random.Next(Urls.Length)]));
                    return true;
                case < 15:
                    Do(process, _stores[process].DrainAsync(default));
                    return true;
                case 15:
                    ChangeStage();
                    return true;
                case 16:
                    _seen[process] = _state;
                    return false;
                case 17:
                    _dynamoDb.FaultPercent = random.Next(3) * 20;
                    _dynamoDb.IsAway = random.Next(4) == 0;
                    return false;
                case 18 when random.Next(4) == 0:
                    Kill(process);
                    return true;
                case 19:
                    return WriteAsPython(Urls[random.Next(Urls.Length)]);
                case 20:
                    return RefreshAsPython(Urls[random.Next(Urls.Length)]);
                default:
                    return false;
            }
        }

        /// <summary>One writer a URL at a time, so that what a reader may see is known.</summary>
        private bool Write(int process, string url)
        {
            var expected = _expected[url];
            if (expected.InFlight is not null)
            {
                return false;
            }

            var value = _simulation.Random.Next(4) == 0 ? null : $"v{expected.States.Count}";
            expected.InFlight = value ?? "";
            Do(process, WriteAsync(process, url, value));
            return true;
        }

        private async Task WriteAsync(int process, string url, string? value)
        {
            Log($"{process} writes {url} {value ?? "nothing"}");
            if (value is null)
            {
                await _stores[process].DeleteAsync(url, default);
            }
            else
            {
                await _stores[process].PutAsync(new CacheEntry { Url = url, Html = value }, default);
            }

            Log($"{process} wrote {url} {value ?? "nothing"}");
            _expected[url].Acknowledge();
        }

        private bool WriteAsPython(string url)
        {
            var expected = _expected[url];
            if (expected.InFlight is not null)
            {
                return false;
            }

            expected.InFlight = $"p{expected.States.Count}";
            _sqlite.WriteAsPython(new CacheEntry { Url = url, Html = expected.InFlight });
            Log($"python wrote {url} {expected.InFlight}");
            expected.Acknowledge();
            return true;
        }

        private bool RefreshAsPython(string url)
        {
            var expected = _expected[url];
            if (expected.InFlight is not null || !_sqlite.Rows.ContainsKey(url))
            {
                return false;
            }

            _sqlite.RefreshAsPython(url, $" e{expected.States.Count}");
            expected.InFlight = Value(_sqlite.Rows[url]);
            Log($"python refreshed {url} {expected.InFlight}");
            expected.Acknowledge();
            return true;
        }

        private static string Value(CacheEntry? entry) => entry is null ? "" : entry.Html + entry.ETag;

        private async Task ReadAsync(int process, string url)
        {
            var expected = _expected[url];
            var oldest = expected.States.Count - 1;
            Log($"{process} reads {url}");
            var entry = await _stores[process].GetAsync(url, default);
            var got = Value(entry);
            Log($"{process} read {url} {got}");
            Assert.True(
                expected.States.Skip(oldest).Append(expected.InFlight).Contains(got),
                Message($"{url} was read as '{got}', and was '{expected.States[oldest]}' before."));
        }

        private void ChangeStage()
        {
            var percentage = RolloutPercentage.From(new[] { 0, 10, 50, 100 }[_simulation.Random.Next(4)], "x");
            _state = _state with
            {
                Revision = _state.Revision + 1,
                Percentage = percentage,
                Stage = percentage > RolloutPercentage.Zero ? RolloutStage.Ramp : RolloutStage.DualWrite,
                Force = _simulation.Random.Next(6) == 0 ? RolloutStore.Sqlite : null,
            };
            Log(_state.Summary);
            _seen[_simulation.Random.Next(Processes)] = _state;
        }

        private void Kill(int process)
        {
            Log($"{process} dies");
            _simulation.Kill(_owners[process]);
            foreach (var (_, expected) in _expected)
            {
                expected.Uncertain(() => _running.Exists(item => item.Process == process && !item.Task.IsCompleted));
            }

            _running.RemoveAll(item => item.Process == process);
            Start(process);
        }

        private void Start(int process)
        {
            var owner = ++_lastOwner;
            _owners[process] = owner;
            _seen[process] = _state;
            var sqlite = _sqlite.Open(owner);
            _stores[process] = new HybridCacheStore(
                sqlite, sqlite, _dynamoDb.Open(owner), _ => ValueTask.FromResult(_seen[process]),
                new HybridOptions { TimeProvider = _simulation.Time, DrainsByItself = false });
        }

        private void Do(int process, Task task) => _running.Add((process, task));

        private bool Check(Task task)
        {
            if (task.IsFaulted)
            {
                throw new InvalidOperationException(Message("An operation failed."), task.Exception);
            }

            return true;
        }

        /// <summary>Everything ends, DynamoDB is well again, the outbox is emptied: both have what was written
        /// last.</summary>
        private void Finish()
        {
            (_dynamoDb.IsAway, _dynamoDb.FaultPercent) = (false, 0);
            Complete();
            Array.Fill(_seen, _state with { Force = null });
            _simulation.Time.Advance(TimeSpan.FromMinutes(1));
            Do(0, _stores[0].DrainAsync(default));
            Complete();
            Assert.True(_sqlite.Waiting == 0, Message($"{_sqlite.Waiting} lines wait."));
            foreach (var (url, expected) in _expected)
            {
                var inSqlite = Value(_sqlite.Rows.GetValueOrDefault(url));
                Assert.True(expected.IsPossible(inSqlite), Message($"{url} is '{inSqlite}' in SQLite."));
                var inDynamoDb = Value(_dynamoDb.Rows.GetValueOrDefault(url));
                Assert.True(inSqlite == inDynamoDb, Message($"{url} is '{inSqlite}' in SQLite and '{inDynamoDb}' in DynamoDB."));
                var versions = (_sqlite.Rows.GetValueOrDefault(url)?.Version, _dynamoDb.Rows.GetValueOrDefault(url)?.Version);
                Assert.True(versions.Item1 == versions.Item2, Message($"{url} has two versions: {versions}."));
            }
        }

        private void Complete()
        {
            for (var steps = 0; _running.Count > 0; steps++)
            {
                _simulation.Step();
                _running.RemoveAll(item => item.Task.IsCompleted && Check(item.Task));
                Assert.True(steps < 10_000, Message("Something never ends."));
            }
        }

        private void Log(string line) => _log.Add($"{_simulation.Time.GetUtcNow():ss.fff} {line}");

        private string Message(string what) =>
            $"Seed {_simulation.Seed}: {what}\n{string.Join('\n', _log)}";
    }

    /// <summary>What a URL was, one value after the other; empty for nothing.</summary>
    private sealed class Expected
    {
        private bool _uncertain;

        public List<string> States { get; } = [""];

        /// <summary>What is being written, or may have been when its writer died.</summary>
        public string? InFlight { get; set; }

        public void Acknowledge()
        {
            States.Add(InFlight!);
            InFlight = null;
        }

        public void Uncertain(Func<bool> isDead)
        {
            if (InFlight is not null && isDead())
            {
                _uncertain = true;
            }
        }

        public bool IsPossible(string value) => value == States[^1] || (_uncertain && value == InFlight);
    }
}
