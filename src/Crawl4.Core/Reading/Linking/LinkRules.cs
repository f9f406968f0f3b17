using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Linking;

/// <summary>Which links and images the options leave out, for every product of a page alike.</summary>
internal sealed class LinkRules
{
    private readonly string _siteDomain;
    private readonly string[] _domains;
    private readonly bool _withoutExternal;
    private readonly bool _withoutExternalImages;

    public LinkRules(PageContent page, ReadingOptions options)
    {
        _siteDomain = RegistrableDomain.Of(UrlParts.Of(page.PageUrl).Host);
        _withoutExternal = options.ExcludeExternalLinks;
        _withoutExternalImages = options.ExcludeExternalImages;
        _domains = [.. options.ExcludeDomains
            .Concat(options.ExcludeSocialMediaLinks ? options.SocialMediaDomains : [])
            .Select(domain => domain.Trim().TrimStart('.').ToLowerInvariant())
            .Where(domain => domain.Length > 0)];
        ExcludesLinks = _withoutExternal || _domains.Length > 0;
        ExcludesImages = _withoutExternalImages || _domains.Length > 0;
    }

    /// <summary>False where every link stays.</summary>
    public bool ExcludesLinks { get; }

    /// <summary>False where every image stays.</summary>
    public bool ExcludesImages { get; }

    public bool KeepsLink(string url) =>
        !ExcludesLinks || (!(_withoutExternal && !IsInternal(url)) && !IsExcludedHost(url));

    public bool KeepsImage(string url) =>
        !ExcludesImages || (!(_withoutExternalImages && !IsInternal(url)) && !IsExcludedHost(url));

    private bool IsInternal(string url) => UrlReference.IsRelative(url)
        || (UrlReference.IsWeb(UrlReference.SchemeOf(url)) && RegistrableDomain.Of(UrlParts.Of(url).Host) == _siteDomain);

    private bool IsExcludedHost(string url)
    {
        var host = _domains.Length == 0 ? "" : UrlParts.Of(url).Host;
        return host.Length > 0 && Array.Exists(_domains, domain =>
            host.EndsWith(domain, StringComparison.Ordinal)
            && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'));
    }
}
