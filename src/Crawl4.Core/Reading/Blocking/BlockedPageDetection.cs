using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading;

/// <summary>Tells bot walls from pages. A wall is a page of a protection vendor: it carries the vendor's own
/// markup and next to no text. A page that is merely small, or that writes about such walls, is
/// none.</summary>
public static class BlockedPageDetection
{
    /// <summary>Characters of HTML beyond which a page is no wall. Vendors' challenge pages carry their
    /// scripts inline and stay below.</summary>
    public const int MaxHtmlLength = 200_000;

    /// <summary>Characters of visible text beyond which a page is an article that mentions a
    /// vendor.</summary>
    public const int MaxTextLength = 1_500;

    /// <summary>Markup that only a vendor's wall has. All words of one entry must be there.</summary>
    private static readonly (string Vendor, string[] Markup)[] Walls =
    [
        ("Cloudflare challenge", ["/cdn-cgi/challenge-platform/", "_cf_chl_opt"]),
        ("Cloudflare challenge", ["/cdn-cgi/challenge-platform/", "<title>just a moment"]),
        ("Cloudflare challenge", ["id=\"challenge-form\"", "/cdn-cgi/"]),
        ("Cloudflare block", ["cf-error-details", "/cdn-cgi/", "cf-wrapper"]),
        ("Cloudflare challenge", ["id=\"cf-wrapper\"", "cf_chl_"]),
        ("Akamai block", ["<title>access denied</title>", "errors.edgesuite.net"]),
        ("Akamai block", ["<h1>access denied</h1>", "you don't have permission to access", "reference"]),
        ("Akamai challenge", ["sec-if-cpt-container"]),
        ("PerimeterX challenge", ["id=\"px-captcha\""]),
        ("PerimeterX challenge", ["window._pxappid", "captcha"]),
        ("DataDome challenge", ["captcha-delivery.com", "var dd="]),
        ("DataDome challenge", ["<script", "src=\"https://ct.captcha-delivery.com/"]),
        ("DataDome challenge", ["<iframe", "src=\"https://geo.captcha-delivery.com/"]),
        ("Imperva block", ["<iframe", "src=\"/_incapsula_resource"]),
        ("Imperva block", ["_incapsula_resource", "incident_id="]),
        ("Imperva block", ["incapsula incident id"]),
        ("Kasada challenge", ["kpsdk", "/ips.js"]),
        ("Kasada challenge", ["window.kpsdk"]),
        ("AWS WAF challenge", ["window.gokuprops", "awswaf"]),
        ("AWS WAF challenge", ["awswafintegration", "challenge.js"]),
        ("AWS WAF captcha", ["captcha-container", "awswafcaptcha"]),
        ("Sucuri block", ["sucuri_cloudproxy_js"]),
        ("Sucuri block", ["sucuri website firewall", "access denied"]),
        ("hCaptcha wall", ["class=\"h-captcha\"", "hcaptcha.com/1/api.js", "<title>"]),
        ("reCAPTCHA wall", ["id=\"captcha-form\"", "our systems have detected unusual traffic"]),
        ("DDoS-Guard challenge", ["/.well-known/ddos-guard/", "ddos-guard"]),
        ("Vercel challenge", ["<title>vercel security checkpoint"]),
    ];

    /// <summary>Walls that a page with a form of its own may carry too, so that there must be no more than
    /// they. </summary>
    private const int MaxTextBesideCaptcha = 400;

    /// <summary>Why a page is a bot wall, in a few words that name the vendor, or null where it is
    /// none.</summary>
    /// <param name="statusCode">The status code it came with. Null where none is known. An error status alone
    /// is never a wall.</param>
    /// <param name="html">The page's HTML.</param>
    public static string? WhyBlocked(int? statusCode, string html)
    {
        if (html.Length is 0 or > MaxHtmlLength)
        {
            return null;
        }

        foreach (var (vendor, markup) in Walls)
        {
            if (Array.TrueForAll(markup, part => html.Contains(part, StringComparison.OrdinalIgnoreCase))
                && IsWall(vendor, statusCode, html))
            {
                return vendor;
            }
        }

        return null;
    }

    private static bool IsWall(string vendor, int? statusCode, string html)
    {
        var text = VisibleLength(html);
        var isCaptcha = vendor.Contains("aptcha", StringComparison.OrdinalIgnoreCase);
        return text <= (isCaptcha && statusCode is null or < 400 ? MaxTextBesideCaptcha : MaxTextLength);
    }

    /// <summary>About how many characters a reader sees.</summary>
    private static int VisibleLength(string html)
    {
        var tags = new TagScanner(html);
        var length = 0;
        var from = 0;
        var isHidden = false;
        while (tags.Next())
        {
            length += isHidden ? 0 : Letters(html.AsSpan(from, tags.Start - from));
            from = tags.End;
            isHidden = !tags.IsEndTag && (tags.Name is "script" or "style" or "title");
        }

        return length + (isHidden ? 0 : Letters(html.AsSpan(from)));
    }

    /// <summary>Letters, digits and marks of a stretch between two tags, comments left out.</summary>
    private static int Letters(ReadOnlySpan<char> text)
    {
        var comment = text.IndexOf("<!--", StringComparison.Ordinal);
        var count = 0;
        foreach (var c in comment < 0 ? text : text[..comment])
        {
            count += char.IsWhiteSpace(c) ? 0 : 1;
        }

        return count;
    }
}
