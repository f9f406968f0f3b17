namespace Crawl4.Quality;

/// <summary>Counts what is equal, and collects what is not and has no listed reason.</summary>
internal sealed class Tally
{
    private readonly List<string> _differences = [];

    public int Compared { get; private set; }

    public void Add(bool isGood, Func<string> difference)
    {
        Compared++;
        if (!isGood)
        {
            _differences.Add(difference());
        }
    }

    /// <summary>A measure whose goal is that nothing differs without a reason.</summary>
    public Measure ToMeasure(string name, string of, params IReadOnlyList<Correction> corrections) => new(
        name, Compared == 0 ? 0 : 1 - (_differences.Count / (double)Compared), 1, Compared, of)
    {
        Differences = _differences, Corrections = corrections,
    };
}
