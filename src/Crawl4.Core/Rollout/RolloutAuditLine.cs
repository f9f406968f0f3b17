namespace Crawl4.Core.Rollout;

/// <summary>One change of a rollout, as the audit log keeps it.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after; when, who and why are in it.</param>
/// <param name="Window">What was seen before it was decided, or null.</param>
public sealed record RolloutAuditLine(RolloutState From, RolloutState To, RolloutWindow? Window)
{
    /// <summary>What changed, in one short text, such as <c>Ramp 5 % -> Ramp 10 %</c> or
    /// <c>deny +a.example</c>.</summary>
    public string Change => string.Join("; ", Changes());

    private IEnumerable<string> Changes()
    {
        if (From.Summary != To.Summary)
        {
            yield return $"{From.Summary} -> {To.Summary}";
        }

        if (From.Force != To.Force)
        {
            yield return To.Force is { } store ? $"force {store}" : $"no longer force {From.Force}";
        }

        foreach (var (word, before, after) in new[] { ("allow", From.Allow, To.Allow), ("deny", From.Deny, To.Deny) })
        {
            var hosts = after.Except(before).Select(host => "+" + host.Text)
                .Concat(before.Except(after).Select(host => "-" + host.Text)).ToList();
            if (hosts.Count > 0)
            {
                yield return $"{word} {string.Join(' ', hosts)}";
            }
        }
    }
}
