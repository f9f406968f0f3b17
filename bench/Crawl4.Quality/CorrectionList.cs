namespace Crawl4.Quality;

/// <summary>Listed differences, and how often each was met.</summary>
/// <param name="rows">What each is about, its reason, and what tells it from other differences.</param>
/// <typeparam name="T">A difference.</typeparam>
internal sealed class CorrectionList<T>(params IReadOnlyList<(string What, string Reason, Func<T, bool> Holds)> rows)
{
    private readonly int[] _times = new int[rows.Count];

    public IReadOnlyList<Correction> Rows =>
        [.. rows.Select((row, index) => new Correction(row.What, row.Reason, _times[index]))];

    /// <summary>True where a difference has a listed reason.</summary>
    public bool Explains(T difference)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Holds(difference))
            {
                _times[index]++;
                return true;
            }
        }

        return false;
    }
}
