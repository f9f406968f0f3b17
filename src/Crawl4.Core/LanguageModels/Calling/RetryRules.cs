using System.Globalization;
using Crawl4.Core.Fetching;
using Polly;

namespace Crawl4.Core.LanguageModels.Calling;

/// <summary>Which requests are worth sending again, and when.</summary>
internal static class RetryRules
{
    /// <summary>When the question's time is over.</summary>
    public static readonly ResiliencePropertyKey<DateTimeOffset> End = new("Crawl4.ModelDeadline");

    /// <summary>A quota that is used up does not come back in minutes.</summary>
    private const string QuotaUsedUp = "insufficient_quota";

    /// <summary>True for what may succeed a little later, unless the endpoint asks for more time than is left.</summary>
    public static bool IsWorthwhile(FetchedPage page, ResilienceContext context, TimeProvider time)
    {
        if (!IsTransient(page))
        {
            return false;
        }

        var now = time.GetUtcNow();
        return RetryAfter(page, now) is not { } wait || now + wait < context.Properties.GetValue(End, now);
    }

    /// <summary>What the endpoint asks to wait (RFC 9110 section 10.2.3), or null.</summary>
    public static TimeSpan? RetryAfter(FetchedPage page, DateTimeOffset now)
    {
        if (!page.Headers.TryGetValue("Retry-After", out var text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(
            text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date > now ? date - now : TimeSpan.Zero
            : null;
    }

    public static bool IsQuotaUsedUp(FetchedPage page) =>
        page.Content.Contains(QuotaUsedUp, StringComparison.Ordinal);

    private static bool IsTransient(FetchedPage page) => page.StatusCode switch
    {
        429 => !IsQuotaUsedUp(page),
        408 or 409 or 425 => true,
        >= 500 => page.StatusCode is not (501 or 505),
        // Cut off half-way, or nobody answered.
        _ => page.Error?.Code is Crawl4ErrorCode.PageTimeout or Crawl4ErrorCode.PageUnreachable,
    };
}
