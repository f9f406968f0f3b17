namespace Crawl4.Quality.Pages;

/// <summary>URLs without the ways of writing them that mean the same.</summary>
internal static class UrlForm
{
    public static string Same(string url)
    {
        var parts = url.Split('?', 2);
        var pairs = parts.Length == 1 ? [] : parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => Uri.UnescapeDataString(pair.Replace('+', ' ')).TrimEnd('='))
            .Order(StringComparer.Ordinal).ToArray();
        var path = Uri.UnescapeDataString(parts[0]).TrimEnd('/');
        foreach (var (scheme, port) in new[] { ("http:", ":80"), ("https:", ":443") })
        {
            path = path.StartsWith(scheme, StringComparison.Ordinal) && path.EndsWith(port, StringComparison.Ordinal)
                ? path[..^port.Length] : path;
        }

        return path + "?" + string.Join('&', pairs);
    }
}
