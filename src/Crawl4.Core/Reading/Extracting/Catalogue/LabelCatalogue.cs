namespace Crawl4.Core.Reading.Extracting.Catalogue;

/// <summary>The labels of Crawl4AI's RegexExtractionStrategy, in its order. The patterns are as wide as its own, so
/// that what it found is found; cards, IBANs and IP addresses are checked besides. None can match the empty text, and
/// each takes linear time: what repeats without bound begins where its characters begin, and either ends the match
/// or is followed by what it cannot hold. (The engine that promises linear time is not used: in long texts it was
/// seen to pass over the leftmost match.)</summary>
internal static class LabelCatalogue
{
    public static readonly LabelPattern[] All =
    [
        new("email", @"(?:\G|(?<![\w.+-]))(?>[\w.+-]+)@(?>[\w-]+)\.[\w.-]*\w"),
        new("phone_intl", @"\+?\d[\d .()-]{7,}\d"),
        new("phone_us", @"\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}"),
        new("url", """https?://[^\s"'<>]+"""),
        new("ipv4", @"\d{1,3}(?:\.\d{1,3}){3}", IpAddresses.Version4),
        new("ipv6", @"(?:[0-9A-F]{1,4}:|::)[0-9A-F:]{1,37}(?:\.\d{1,3}){0,3}", IpAddresses.Version6),
        new("uuid", "[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
        new("currency", @"(?:USD|EUR|RM|[$€£])\s?\d+(?:[.,]\d{2})?"),
        new("percentage", @"(?<!\d)(?>\d+)(?:\.(?>\d+))?%"),
        new("number", @"\b\d{1,3}(?:[,.\s]\d{3})*(?:\.\d+)?\b"),
        new("date_iso", @"\d{4}-\d{2}-\d{2}"),
        new("date_us", @"\d{1,2}/\d{1,2}/\d{2,4}"),
        new("time_24h", @"\b(?:[01]?\d|2[0-3])(?::[0-5]\d){1,2}\b"),
        new("postal_us", @"\b\d{5}(?:-\d{4})?\b"),
        new("postal_uk", @"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        new("html_color_hex", @"#[0-9A-F]{6}\b"),
        new("twitter_handle", @"@\w{1,15}"),
        new("hashtag", @"#[\w-]+"),
        new("mac_addr", "[0-9A-F]{2}(?::[0-9A-F]{2}){5}"),
        new("iban", @"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", Ibans.Valid),
        new("credit_card", @"\b\d(?:[ -]?\d){12,18}\b", CardNumbers.Valid),
    ];
}
