using System.Globalization;

namespace Crawl4.Bench.Killing;

/// <summary>What was seen in all rounds.</summary>
internal sealed class KillTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _kills = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private readonly SortedDictionary<string, long> _figures = new(StringComparer.Ordinal);

    /// <summary>How many processes were killed.</summary>
    public int Kills
    {
        get
        {
            lock (_gate)
            {
                return _kills.Values.Sum();
            }
        }
    }

    public bool IsClean
    {
        get
        {
            lock (_gate)
            {
                return _problems.Count == 0;
            }
        }
    }

    public void Killed(string what)
    {
        lock (_gate)
        {
            _kills[what] = _kills.GetValueOrDefault(what) + 1;
        }
    }

    public void Add(string figure, long count = 1)
    {
        lock (_gate)
        {
            _figures[figure] = _figures.GetValueOrDefault(figure) + count;
        }
    }

    public void Most(string figure, long count)
    {
        lock (_gate)
        {
            _figures[figure] = Math.Max(_figures.GetValueOrDefault(figure), count);
        }
    }

    /// <summary>Something that may not happen.</summary>
    public void Problem(string message)
    {
        lock (_gate)
        {
            _problems.Add(message);
            Console.WriteLine($"PROBLEM: {message}");
        }
    }

    /// <summary>What holds, or is a problem.</summary>
    public void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Problem(otherwise);
        }
    }

    public void Print()
    {
        lock (_gate)
        {
            Row("kills", _kills.Values.Sum());
            foreach (var (what, count) in _kills)
            {
                Row("  " + what, count);
            }

            foreach (var (figure, count) in _figures)
            {
                Row(figure, count);
            }

            Row("problems", _problems.Count);
        }
    }

    private static void Row(string name, long count) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44}{count,10:N0}"));
}
