using System.Text.RegularExpressions;

namespace Crawl4.Core.Diagnostics;

/// <summary>Takes out of a text what looks like a secret. Events are to have none; this is for what slips through, such as
/// a message of another program's.</summary>
internal static partial class SecretText
{
    private const string Kept = "$1***";

    public static string Without(string text)
    {
        text = UserInUrl().Replace(text, "$1***@");
        text = QueryValue().Replace(text, Kept);
        text = Header().Replace(text, Kept);
        return AccessKey().Replace(text, Kept);
    }

    [GeneratedRegex(@"(://)[^/?#\s@]*@", RegexOptions.NonBacktracking)]
    private static partial Regex UserInUrl();

    [GeneratedRegex(
        "([?&;](?:x-amz-[a-z-]*|[a-z_-]*(?:token|key|secret|password|passwd|pwd|signature|sig|auth|session|sessionid|sid"
        + "|code))=)[^&;#\\s'\"]*", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex QueryValue();

    [GeneratedRegex(@"((?:authorization|cookie|x-amz-security-token|x-api-key)""?\s*[:=]\s*)[^\r\n]*",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    /// <summary>AWS's access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.</summary>
    [GeneratedRegex("(AKIA|ASIA)[A-Z0-9]{12,}", RegexOptions.NonBacktracking)]
    private static partial Regex AccessKey();
}
