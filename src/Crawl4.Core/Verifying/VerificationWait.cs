using System.Globalization;

namespace Crawl4.Core.Verifying;

/// <summary>What a verification waits for before it judges what looks different.</summary>
/// <param name="Undelivered">How many entries have writes that are not delivered to DynamoDB yet.</param>
/// <param name="Differing">How many other entries look different.</param>
/// <param name="Until">When it has waited long enough. Where all is delivered sooner, it goes on sooner; what changes
/// meanwhile is waited for again.</param>
public sealed record VerificationWait(int Undelivered, int Differing, DateTimeOffset Until)
{
    /// <summary>The same for people.</summary>
    public string Text
    {
        get
        {
            var what = Undelivered == 0 ? "" : Undelivered == 1 ? "1 write to be delivered to DynamoDB"
                : string.Create(CultureInfo.InvariantCulture, $"{Undelivered:N0} writes to be delivered to DynamoDB");
            var also = Differing == 0 ? "" : Differing == 1 ? "1 entry that differs to settle"
                : string.Create(CultureInfo.InvariantCulture, $"{Differing:N0} entries that differ to settle");
            var both = what.Length > 0 && also.Length > 0 ? $"{what}, {also}" : what + also;
            return $"Waiting for {both}, until {Until.UtcDateTime:u}{(Undelivered == 0 ? "" : " at most")}";
        }
    }
}
