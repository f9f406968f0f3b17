namespace Crawl4.Quality;

/// <summary>One figure of how well pages are read.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Figure">A share: 1 is all.</param>
/// <param name="Goal">The least that is good enough.</param>
/// <param name="Count">How many pages or cases it was measured on.</param>
/// <param name="Of">What they are.</param>
public sealed record Measure(string Name, double Figure, double Goal, int Count, string Of)
{
    /// <summary>What differs without a listed reason.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>Where it differs from Crawl4AI on purpose.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Corrections that are listed and never met are a list that is no longer true.</summary>
    public bool IsMet => Figure >= Goal && Count > 0 && Corrections.All(correction => correction.Times > 0);
}

/// <summary>A difference from Crawl4AI on purpose.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Reason">Why ours is right.</param>
/// <param name="Times">How often it was met.</param>
public sealed record Correction(string What, string Reason, int Times);
