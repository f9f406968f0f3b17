using System.Globalization;
using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Metadata;

/// <summary>When a page was published and changed, from what it says of itself: article:* first, then
/// JSON-LD, then other meta elements, then the first time element that is marked as such.</summary>
internal static class PageDates
{
    private static readonly string[] Published =
    [
        "datepublished", "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date",
        "dc.date.issued", "dcterms.created", "dcterms.issued", "dcterms.date", "sailthru.date",
        "parsely-pub-date", "citation_publication_date", "og:published_time",
    ];

    private static readonly string[] Modified =
    [
        "datemodified", "last-modified", "lastmod", "revised", "dcterms.modified", "dc.date.modified",
        "og:updated_time",
    ];

    public static void AddTo(
        Dictionary<string, object?> metadata, IReadOnlyList<IElement> metas, IElement? time,
        IReadOnlyList<object?> jsonLd)
    {
        Add(metadata, "date_published", [metadata.GetValueOrDefault("article:published_time") as string,
            JsonLd.Find(jsonLd, "datePublished"), Meta(metas, Published), time?.GetAttribute("datetime")]);
        Add(metadata, "date_modified", [metadata.GetValueOrDefault("article:modified_time") as string,
            JsonLd.Find(jsonLd, "dateModified"), Meta(metas, Modified)]);
    }

    /// <summary>Adds the first date: in ISO 8601 where it can be read, else as written.</summary>
    private static void Add(Dictionary<string, object?> metadata, string key, IEnumerable<string?> dates)
    {
        if (dates.FirstOrDefault(date => !string.IsNullOrWhiteSpace(date))?.Trim() is { } date)
        {
            metadata[key] = Iso(date);
        }
    }

    private static string Iso(string date)
    {
        if (date.Length >= 8 && char.IsAsciiDigit(date[0]) && date.Contains('-', StringComparison.Ordinal))
        {
            return date;
        }

        return DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var known)
            && date.Length >= 8
            ? known.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : date;
    }

    private static string? Meta(IReadOnlyList<IElement> metas, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var meta in metas)
            {
                var own = meta.GetAttribute("name") ?? meta.GetAttribute("property")
                    ?? meta.GetAttribute("itemprop") ?? meta.GetAttribute("http-equiv");
                if (string.Equals(own?.Trim(), name, StringComparison.OrdinalIgnoreCase)
                    && meta.GetAttribute("content") is { Length: > 0 } content)
                {
                    return content;
                }
            }
        }

        return null;
    }
}
