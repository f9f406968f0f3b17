using System.Net;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Media;

namespace Crawl4.Core.Reading.Markdown;

/// <summary>Writes an image as HTML, for who asks for its size.</summary>
internal static class ImageHtml
{
    /// <summary>The HTML, or null where the image is to be Markdown.</summary>
    public static string? Of(IElement image, string url, string alt, MarkdownOptions style)
    {
        if (!style.ImagesAsHtml && !style.ImagesWithSize)
        {
            return null;
        }

        var width = Size(image, "width");
        var height = Size(image, "height");
        return style.ImagesAsHtml || width.Length + height.Length > 0
            ? $"<img src=\"{Encode(url)}\"{width}{height} alt=\"{Encode(alt)}\">" : null;
    }

    private static string Size(IElement image, string name) =>
        ImageScore.Pixels(image.GetAttribute(name)) is { } pixels ? $" {name}=\"{pixels}\"" : "";

    private static string Encode(string text) =>
        WebUtility.HtmlEncode(text.Replace("\0", "", StringComparison.Ordinal))
            .Replace("|", "&#124;", StringComparison.Ordinal);
}
