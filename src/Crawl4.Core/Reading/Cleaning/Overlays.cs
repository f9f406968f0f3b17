using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Cleaning;

/// <summary>Tells by its markup what lies over a page: consent banners, dialogs, newsletter and paywall
/// pop-ups.</summary>
internal static class Overlays
{
    /// <summary>Names of consent managers' own elements, and of what such layers are usually called. Whole
    /// words of an id or class, words parted by - and _ one after the other.</summary>
    private static readonly string[] Names =
    [
        "onetrust", "ot-sdk-container", "cookiebot", "cybotcookiebotdialog", "didomi", "qc-cmp", "qc-cmp2",
        "truste", "usercentrics", "osano-cm", "iubenda-cs", "cmpbox", "cmplz", "klaro", "termly",
        "sp_message_container", "fc-consent-root", "cc-window", "cc-banner", "cookie-banner", "cookiebanner",
        "cookie-consent", "cookieconsent", "cookie-notice", "cookie-law", "cookie-bar", "cookie-popup",
        "cookie-modal", "cookie-overlay", "gdpr", "consent-banner", "consent-popup", "consent-modal",
        "privacy-banner", "newsletter-popup", "newsletter-modal", "newsletter-overlay", "popup-overlay",
        "modal-overlay", "modal-backdrop", "subscribe-popup", "signup-modal", "exit-intent",
        "lightbox-overlay", "adblock-notice", "paywall-overlay", "interstitial",
    ];

    private static readonly string[] Attributes = ["id", "class"];

    public static bool Is(IElement element)
    {
        if (element.LocalName is "html" or "body" or "main" or "article" or "head"
            || (element.Attributes.Length == 0 && element.LocalName != "dialog"))
        {
            return false;
        }

        return element.GetAttribute("role") is "dialog" or "alertdialog"
            || string.Equals(element.GetAttribute("aria-modal"), "true", StringComparison.OrdinalIgnoreCase)
            || (element.LocalName == "dialog" && !element.HasAttribute("open"))
            || CoversThePage(element.GetAttribute("style"))
            || Array.Exists(Attributes, name => IsNamed(element.GetAttribute(name)));
    }

    private static bool CoversThePage(string? style)
    {
        if (style is null || !style.Contains("fixed", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rules = style.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return rules.Contains("position:fixed", StringComparison.Ordinal)
            && rules.Contains("z-index:", StringComparison.Ordinal);
    }

    private static bool IsNamed(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        var names = value.ToLowerInvariant().Replace('_', '-');
        return Array.Exists(Names, name => HasWord(names, name.Replace('_', '-')));
    }

    private static bool HasWord(string names, string name)
    {
        for (var at = names.IndexOf(name, StringComparison.Ordinal); at >= 0;
            at = names.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(names[at - 1]))
                && (end == names.Length || !char.IsLetterOrDigit(names[end])))
            {
                return true;
            }
        }

        return false;
    }
}
