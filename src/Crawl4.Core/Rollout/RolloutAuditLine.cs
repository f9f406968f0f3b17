namespace Crawl4.Core.Rollout;

/// <summary>One change of a rollout, as the audit log keeps it.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after; when, who and why are in it.</param>
/// <param name="Window">What was seen before it was decided, or null.</param>
public sealed record RolloutAuditLine(RolloutState From, RolloutState To, RolloutWindow? Window);
