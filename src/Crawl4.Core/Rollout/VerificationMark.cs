namespace Crawl4.Core.Rollout;

/// <summary>What the last full verification came to: what a rollout needs to know of it.</summary>
/// <param name="BegunAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Revision">The rollout's revision when it began.</param>
/// <param name="EntryCount">How many entries it compared.</param>
/// <param name="MismatchCount">How many mismatches it found and nobody mended.</param>
/// <param name="IsWhole">False where something could not be looked at.</param>
public sealed record VerificationMark(
    DateTimeOffset BegunAt, DateTimeOffset EndedAt, long Revision, long EntryCount, long MismatchCount, bool IsWhole)
{
    /// <summary>True where both stores were equal.</summary>
    public bool IsClean => IsWhole && MismatchCount == 0;
}
