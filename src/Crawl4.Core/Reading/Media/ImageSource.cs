using System.Buffers;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;

namespace Crawl4.Core.Reading.Media;

/// <summary>Finds where an image element gets its image from, lazy loading considered.</summary>
internal static class ImageSource
{
    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\r\f");

    /// <summary>Attributes that scripts put into src once the image comes into view.</summary>
    private static readonly string[] LazyAttributes =
        ["data-src", "data-original", "data-lazy-src", "data-url", "data-hi-res-src"];

    /// <summary>The absolute URL of the image, or null where the page gives none that can be
    /// fetched.</summary>
    public static string? Of(IElement image, PageUrls urls)
    {
        if (Fetchable(image.GetAttribute("src"), urls) is { } src)
        {
            return src;
        }

        foreach (var name in LazyAttributes)
        {
            if (Fetchable(image.GetAttribute(name), urls) is { } lazy)
            {
                return lazy;
            }
        }

        var set = image.GetAttribute("srcset") ?? image.GetAttribute("data-srcset");
        return set is null ? null
            : Candidates(set, urls).Select(candidate => candidate.Url).FirstOrDefault();
    }

    /// <summary>The images of a srcset attribute with their widths, at most <paramref name="limit"/>. URLs
    /// may hold commas: HTML parts candidates by white space, and by a comma at a word's end.</summary>
    public static IEnumerable<(string Url, int? Width)> Candidates(string srcset, PageUrls urls,
        int limit = 32)
    {
        var at = 0;
        while (limit > 0 && Next(srcset, ref at) is { Url.Length: > 0 } candidate)
        {
            if (!IsDescriptor(candidate.Url) && Fetchable(candidate.Url, urls) is { } fetchable)
            {
                limit--;
                yield return (fetchable, candidate.Width);
            }
        }
    }

    /// <summary>The URL at a place of a srcset attribute, empty at its end, and its width. A descriptor ends at a comma
    /// that the next URL may follow at once.</summary>
    private static (string Url, int? Width) Next(string srcset, ref int at)
    {
        while (at < srcset.Length && (srcset[at] == ',' || Blanks.Contains(srcset[at])))
        {
            at++;
        }

        var length = srcset.AsSpan(at).IndexOfAny(Blanks);
        var url = srcset.AsSpan(at, length < 0 ? srcset.Length - at : length);
        at += url.Length;
        if (url.EndsWith(","))
        {
            return (url.TrimEnd(',').ToString(), null);
        }

        length = srcset.AsSpan(at).IndexOf(',');
        var descriptor = srcset.AsSpan(at, length < 0 ? srcset.Length - at : length).Trim();
        at = length < 0 ? srcset.Length : at + length + 1;
        int? width = descriptor.EndsWith("w") && int.TryParse(descriptor[..^1], null, out var pixels) ? pixels : null;
        return (url.ToString(), width);
    }

    /// <summary>True for a width or density that no URL precedes.</summary>
    private static bool IsDescriptor(string word) => word.Length > 1 && word[^1] is 'w' or 'x'
        && !word.AsSpan(0, word.Length - 1).ContainsAnyExcept(Number);

    public static string? Fetchable(string? reference, PageUrls urls)
    {
        if (string.IsNullOrWhiteSpace(reference) || reference.StartsWith("data:",
            StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var url = urls.Resolve(reference);
        return UrlReference.SchemeOf(url) is "data" or "javascript" or "vbscript" or "about" ? null : url;
    }
}
