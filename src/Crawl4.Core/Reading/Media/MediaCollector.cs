using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Media;

/// <summary>Collects a page's images, videos and audios.</summary>
internal sealed class MediaCollector(PageContent page, ReadingOptions options)
{
    /// <summary>Items of each kind. The pages that have more are made to.</summary>
    public const int MaxItems = 20_000;

    /// <summary>Sources of a picture. More formats and sizes than this no page offers.</summary>
    private const int MaxSources = 64;

    private readonly List<IElement> _imageElements = [];
    private readonly Dictionary<IElement, bool> _around = new(ReferenceEqualityComparer.Instance);
    private readonly List<MediaItem> _videos = [];
    private readonly List<MediaItem> _audios = [];
    private readonly NearbyText _nearby = new();
    private readonly LinkRules _rules = new(page, options);
    private IElement? _picture;
    private List<IElement> _sources = [];

    public PageMedia Media() => new(Images(), _videos, _audios);

    public void Image(IElement image)
    {
        if (!options.ExcludeImages)
        {
            _imageElements.Add(image);
        }
    }

    /// <summary>A video or audio element: an item for its own src and one for each source in it.</summary>
    public void Player(IElement player)
    {
        var items = player.LocalName == "video" ? _videos : _audios;
        AddPlayer(items, player, player.GetAttribute("src"));
        var children = player.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement { LocalName: "source" } source)
            {
                AddPlayer(items, player, source.GetAttribute("src"));
            }
        }
    }

    private void AddPlayer(List<MediaItem> items, IElement player, string? src)
    {
        if (items.Count < MaxItems && ImageSource.Fetchable(src, page.Urls) is { } url)
        {
            items.Add(new MediaItem
            {
                Src = url,
                Alt = HtmlSpace.Fold(player.GetAttribute("alt") ?? player.GetAttribute("title")),
                Desc = _nearby.Of(player),
                Type = player.LocalName,
            });
        }
    }

    private List<MediaItem> Images()
    {
        var images = new List<MediaItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < _imageElements.Count && images.Count < MaxItems; index++)
        {
            var image = _imageElements[index];
            var score = ImageScore.Of(image, index, _imageElements.Count);
            if (score > options.ImageScoreThreshold && !ImageScore.IsDecoration(image, _around))
            {
                AddVariants(images, seen, image, score, index);
            }
        }

        return images;
    }

    private void AddVariants(List<MediaItem> images, HashSet<string> seen, IElement image, int score,
        int group)
    {
        var item = new MediaItem
        {
            Src = "",
            Alt = HtmlSpace.Fold(image.GetAttribute("alt")),
            Desc = _nearby.Of(image),
            Score = score,
            GroupId = group,
            Format = ImageScore.FormatOf(image),
        };
        foreach (var (url, width) in Variants(image))
        {
            if (_rules.KeepsImage(url) && seen.Add(url))
            {
                var format = ImageScore.FormatOf(url) ?? item.Format;
                images.Add(item with { Src = url, Width = width, Format = format });
            }
        }
    }

    private IEnumerable<(string Url, int? Width)> Variants(IElement image)
    {
        foreach (var name in new[] { "src", "data-src", "data-original", "data-lazy-src" })
        {
            if (ImageSource.Fetchable(image.GetAttribute(name), page.Urls) is { } url)
            {
                yield return (url, null);
            }
        }

        var picture = image.Parent is IElement { LocalName: "picture" } parent
            ? SourcesOf(parent)
            : [];
        foreach (var source in picture.Prepend(image))
        {
            foreach (var name in new[] { "srcset", "data-srcset" })
            {
                if (source.GetAttribute(name) is { } set)
                {
                    foreach (var candidate in ImageSource.Candidates(set, page.Urls))
                    {
                        yield return candidate;
                    }
                }
            }
        }
    }

    /// <summary>The sources of a picture. Images that share a picture share the list.</summary>
    private List<IElement> SourcesOf(IElement picture)
    {
        if (!ReferenceEquals(_picture, picture))
        {
            _picture = picture;
            _sources = [.. picture.Children.Where(child => child.LocalName == "source").Take(MaxSources)];
        }

        return _sources;
    }
}
