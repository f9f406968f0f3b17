using Crawl4.Core.Rollout;

namespace Crawl4.Core.Storing.Hybrid;

/// <summary>What one look at the window came to.</summary>
/// <param name="Verdict">What the guard said, and why.</param>
/// <param name="Window">What it judged.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state after; the same where nothing was changed.</param>
/// <param name="Missing">What was missing where it could have gone on.</param>
public sealed record RolloutAdvance(
    GuardVerdict Verdict, RolloutWindow Window, RolloutState Before, RolloutState After, IReadOnlyList<string> Missing);
