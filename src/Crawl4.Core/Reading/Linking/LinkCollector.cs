using System.Text;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Linking;

/// <summary>Collects a page's links, each once, the first one's text and title.</summary>
internal sealed class LinkCollector
{
    /// <summary>A link's text beyond this says nothing more of where it leads. Some pages wrap whole articles
    /// in links.</summary>
    public const int MaxTextLength = 2_000;

    private readonly PageUrls _urls;
    private readonly string _siteDomain;
    private readonly LinkRules _rules;
    private readonly LinkScore? _score;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<PageLink> _internal = [];
    private readonly List<PageLink> _external = [];
    private readonly Stack<(IElement Link, StringBuilder Text)> _open = new();

    public LinkCollector(PageContent page, ReadingOptions options)
    {
        _urls = page.Urls;
        _siteDomain = RegistrableDomain.Of(UrlParts.Of(page.PageUrl).Host);
        _rules = new LinkRules(page, options);
        _score = options.ScoreLinks ? new LinkScore(page.Document) : null;
    }

    public PageLinks Links => new(_internal, _external);

    public void Enter(IElement link) => _open.Push((link, new StringBuilder()));

    public void Text(string data)
    {
        if (_open.TryPeek(out var open))
        {
            HtmlSpace.AppendFolded(open.Text, data, MaxTextLength);
        }
    }

    public void Leave()
    {
        var (link, text) = _open.Pop();
        if (link.GetAttribute("href") is { } href)
        {
            Add(link, href, text.ToString().TrimEnd(' '), HtmlSpace.Fold(link.GetAttribute("title")));
        }
    }

    private void Add(IElement link, string href, string text, string title)
    {
        var url = _urls.Resolve(href);
        var scheme = UrlReference.SchemeOf(url);
        if (url.Length == 0 || url[0] == '#' || scheme is "javascript" or "vbscript" or "data" or "blob" or "about")
        {
            return;
        }

        var isWeb = UrlReference.IsWeb(scheme);
        var identity = isWeb ? UrlIdentity.Of(url) : url;
        var host = UrlParts.Of(identity).Host;
        if ((isWeb && host.Length == 0) || !_seen.Add(identity))
        {
            return;
        }

        var domain = RegistrableDomain.Of(host);
        var isInternal = UrlReference.IsRelative(url)
            || (isWeb && string.Equals(domain, _siteDomain, StringComparison.Ordinal));
        if (_rules.KeepsLink(url))
        {
            var score = _score?.Of(link, UrlParts.Of(identity), text);
            (isInternal ? _internal : _external).Add(new PageLink
            {
                Href = identity,
                Text = text,
                Title = title,
                BaseDomain = domain,
                IntrinsicScore = score,
                TotalScore = score,
            });
        }
    }
}
