namespace Crawl4.Core.Verifying;

/// <summary>How fast it went, in no more points than a chart can show: where there are more, each two become
/// one.</summary>
internal sealed class RateTrack
{
    private const int MostPoints = 240;

    /// <summary>Entries come in pages: over less than this their rate says nothing.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(250);

    private readonly List<(TimeSpan At, long Entries)> _points = [(TimeSpan.Zero, 0)];
    private int _every = 1;
    private int _left = 1;

    public void Add(TimeSpan at, long entries)
    {
        if (at - _points[^1].At < LeastInterval || --_left > 0)
        {
            return;
        }

        _left = _every;
        _points.Add((at, entries));
        if (_points.Count > MostPoints)
        {
            _every *= 2;
            var kept = _points.Where((_, i) => i % 2 == 0).ToList();
            _points.Clear();
            _points.AddRange(kept);
        }
    }

    public IReadOnlyList<VerificationRate> Rates() => [.. _points.Zip(_points.Skip(1), (from, to) =>
        new VerificationRate(to.At, Math.Max(0, to.Entries - from.Entries) / (to.At - from.At).TotalSeconds))];
}
