namespace Crawl4.Core.Reading.Linking;

/// <summary>Resolves the references of one page, each once: links, cleaned HTML and Markdown ask for the same
/// ones.</summary>
/// <param name="baseUrl">What they are relative to.</param>
/// <param name="sourceLength">The length of the page's HTML.</param>
internal sealed class PageUrls(string baseUrl, int sourceLength)
{
    /// <summary>Characters that resolving may add to a page in all, for each of its own and besides. A base of a few
    /// thousand characters before each of a million short links would be gigabytes. Beyond it references stay as they
    /// are.</summary>
    private const int MaxAdded = 16;

    private const int FreeAdded = 500_000;

    /// <summary>References that are remembered.</summary>
    private const int MaxKnown = 20_000;

    /// <summary>Longer references are rare, and cost as much to look up as to resolve.</summary>
    private const int MaxKnownLength = 400;

    /// <summary>The length of the page's HTML.</summary>
    public int SourceLength { get; } = sourceLength;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly UrlParts _base = UrlParts.Of(baseUrl);
    private long _added;

    /// <summary>The absolute URL that a reference means.</summary>
    public string Resolve(string reference)
    {
        if (_added > FreeAdded + ((long)MaxAdded * SourceLength))
        {
            return UrlReference.Resolve("", reference);
        }

        if (reference.Length > MaxKnownLength || !_known.TryGetValue(reference, out var url))
        {
            url = UrlReference.Resolve(_base, reference);
            if (reference.Length <= MaxKnownLength && _known.Count < MaxKnown)
            {
                _known.Add(reference, url);
            }
        }

        _added += Math.Max(0, url.Length - reference.Length);
        return url;
    }
}
