using AngleSharp.Dom;

namespace Crawl4.Core.Reading.Media;

/// <summary>How likely an image is content and not decoration: Crawl4AI's points, one each for a width over
/// 150, a height over 150, alternative text, standing in the first half of the page's images, a known format,
/// a srcset and a picture element around it.</summary>
internal static class ImageScore
{
    /// <summary>Crawl4AI's limit in pixels for a small image.</summary>
    private const int SmallPixels = 150;

    private static readonly string[] Formats = ["jpg", "jpeg", "png", "webp", "avif", "gif"];

    private static readonly string[] Decorations = ["button", "icon", "logo"];

    private static readonly string[] SourceAttributes = ["src", "data-src", "srcset", "data-srcset"];

    public static int Of(IElement image, int index, int count)
    {
        var score = 0;
        score += Pixels(image.GetAttribute("width")) > SmallPixels ? 1 : 0;
        score += Pixels(image.GetAttribute("height")) > SmallPixels ? 1 : 0;
        score += string.IsNullOrEmpty(image.GetAttribute("alt")) ? 0 : 1;
        score += index * 2 < count ? 1 : 0;
        score += FormatOf(image) is null ? 0 : 1;
        score += string.IsNullOrEmpty(image.GetAttribute("srcset"))
            && string.IsNullOrEmpty(image.GetAttribute("data-srcset")) ? 0 : 1;
        score += image.Parent is IElement { LocalName: "picture" } ? 1 : 0;
        return score;
    }

    /// <summary>True for buttons, icons, logos and what is not shown.</summary>
    /// <param name="image">The image.</param>
    /// <param name="around">What is known of the elements around images: many may share one with a long class.
    /// </param>
    public static bool IsDecoration(IElement image, Dictionary<IElement, bool> around)
    {
        if (image.GetAttribute("style") is { } style
            && style.Replace(" ", "", StringComparison.Ordinal)
                .Contains("display:none", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return (image.Parent is IElement parent && IsDecorated(parent, around))
            || Mentions(image.GetAttribute("src"))
            || Mentions(image.GetAttribute("alt"));
    }

    private static bool IsDecorated(IElement parent, Dictionary<IElement, bool> around)
    {
        if (!around.TryGetValue(parent, out var isDecorated))
        {
            isDecorated = parent.LocalName is "button" or "input" || Mentions(parent.GetAttribute("class"));
            around.Add(parent, isDecorated);
        }

        return isDecorated;
    }

    public static string? FormatOf(IElement image)
    {
        foreach (var name in SourceAttributes)
        {
            if (image.GetAttribute(name) is { } value && FormatOf(value) is { } format)
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format that a URL names last: what stands behind a file's name is what the server makes of
    /// it.</summary>
    public static string? FormatOf(string url)
    {
        string? last = null;
        var at = -1;
        foreach (var format in Formats)
        {
            var found = url.LastIndexOf(format, StringComparison.OrdinalIgnoreCase);
            (last, at) = found > at ? (format, found) : (last, at);
        }

        return last;
    }

    public static int? Pixels(string? length)
    {
        var text = length.AsSpan().Trim();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? default : text[digits..];
        return (unit.IsEmpty || unit.Equals("px", StringComparison.OrdinalIgnoreCase))
            && int.TryParse(number, null, out var pixels) ? pixels : null;
    }

    private static bool Mentions(string? text) => !string.IsNullOrEmpty(text)
        && Array.Exists(Decorations, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
