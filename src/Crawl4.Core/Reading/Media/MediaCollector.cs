using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Media;

/// <summary>Collects a page's images, videos and audios.</summary>
internal sealed class MediaCollector(PageContent page, ReadingOptions options)
{
    /// <summary>Items of each kind. The pages that have more are made to.</summary>
    public const int MaxItems = 20_000;

    private readonly List<IElement> _imageElements = [];
    private readonly List<MediaItem> _videos = [];
    private readonly List<MediaItem> _audios = [];
    private readonly NearbyText _nearby = new();
    private readonly LinkRules _rules = new(page, options);

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
        if (items.Count < MaxItems && ImageSource.Fetchable(src, page.BaseUrl) is { } url)
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
            if (score > options.ImageScoreThreshold && !ImageScore.IsDecoration(image))
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
            if (ImageSource.Fetchable(image.GetAttribute(name), page.BaseUrl) is { } url)
            {
                yield return (url, null);
            }
        }

        var picture = image.Parent is IElement { LocalName: "picture" } parent
            ? parent.Children.Where(child => child.LocalName == "source")
            : [];
        foreach (var source in picture.Prepend(image))
        {
            foreach (var name in new[] { "srcset", "data-srcset" })
            {
                if (source.GetAttribute(name) is { } set)
                {
                    foreach (var candidate in ImageSource.Candidates(set, page.BaseUrl))
                    {
                        yield return candidate;
                    }
                }
            }
        }
    }
}
