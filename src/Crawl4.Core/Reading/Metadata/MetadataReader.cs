using AngleSharp.Dom;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Metadata;

/// <summary>Reads what a page says of itself: Crawl4AI's keys (title, description, keywords and author
/// always, og:*, twitter:* and article:* as found), with canonical, language, date_published, date_modified
/// and json_ld beside them where the page gives them.</summary>
internal static class MetadataReader
{
    /// <summary>Keys that a page may add. Some pages have thousands of generated meta elements.</summary>
    public const int MaxKeys = 500;

    private static readonly string[] Prefixes = ["og:", "twitter:", "article:"];

    public static IReadOnlyDictionary<string, object?> Read(PageContent page)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = null, ["description"] = null, ["keywords"] = null, ["author"] = null,
        };
        var metas = new List<IElement>();
        foreach (var element in HeadElements(page.Document))
        {
            switch (element.LocalName)
            {
                case "title" when metadata["title"] is null:
                    metadata["title"] = NullIfEmpty(HtmlSpace.Fold(element.TextContent));
                    break;
                case "meta":
                    Meta(metadata, element);
                    metas.Add(element);
                    break;
                case "link" when IsCanonical(element):
                    metadata.TryAdd("canonical", page.Urls.Resolve(element.GetAttribute("href")!));
                    break;
            }
        }

        metadata["title"] ??= metadata.GetValueOrDefault("og:title")
            ?? metadata.GetValueOrDefault("twitter:title");
        if (Language(page.Document, metas, metadata) is { } language)
        {
            metadata.TryAdd("language", language);
        }

        var (scripts, time) = Found(page.Document);
        var jsonLd = JsonLd.Read(scripts);
        if (jsonLd.Count > 0)
        {
            metadata["json_ld"] = jsonLd;
        }

        PageDates.AddTo(metadata, metas, time, jsonLd);
        return metadata;
    }

    private static string? Language(
        IDocument document, List<IElement> metas, Dictionary<string, object?> metadata) =>
        NullIfEmpty(document.DocumentElement?.GetAttribute("lang")?.Trim())
        ?? NullIfEmpty(metas.Find(meta => string.Equals(
            meta.GetAttribute("http-equiv"), "content-language", StringComparison.OrdinalIgnoreCase))
            ?.GetAttribute("content")?.Split(',')[0].Trim())
        ?? NullIfEmpty((metadata.GetValueOrDefault("og:locale") as string)?.Replace('_', '-'));

    /// <summary>The JSON-LD of the page, and the first time element that says when it was
    /// published.</summary>
    private static (List<IElement> Scripts, IElement? Time) Found(IDocument document)
    {
        var scripts = new List<IElement>();
        IElement? time = null;
        Visit(document);
        return (scripts, time);

        // Recurses at most PageParser.MaxDepth deep.
        void Visit(INode parent)
        {
            var children = parent.ChildNodes;
            for (var index = 0; index < children.Length; index++)
            {
                if (children[index] is not IElement element)
                {
                    continue;
                }

                if (JsonLd.Is(element))
                {
                    scripts.Add(element);
                }
                else if (time is null && element.LocalName == "time" && IsPublished(element))
                {
                    time = element;
                }

                Visit(element);
            }
        }
    }

    private static bool IsPublished(IElement time) => time.HasAttribute("datetime")
        && (time.HasAttribute("pubdate") || time.GetAttribute("itemprop") == "datePublished"
            || (time.GetAttribute("class") ?? "").Contains("publish", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<IElement> HeadElements(IDocument document)
    {
        if (document.Head is not { } head)
        {
            yield break;
        }

        var children = head.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IElement element)
            {
                yield return element;
            }
        }
    }

    private static void Meta(Dictionary<string, object?> metadata, IElement meta)
    {
        if (meta.GetAttribute("content") is not { } content || string.IsNullOrWhiteSpace(content)
            || metadata.Count >= MaxKeys)
        {
            return;
        }

        var name = meta.GetAttribute("name")?.Trim() ?? "";
        var plain = name.ToLowerInvariant();
        if (plain is "description" or "keywords" or "author")
        {
            metadata[plain] ??= content.Trim();
        }

        Add(metadata, name, content, key => key.StartsWith("twitter:", StringComparison.OrdinalIgnoreCase));
        Add(metadata, meta.GetAttribute("property") ?? "", content,
            key => !key.StartsWith("twitter:", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Adds the keys of an attribute; several may stand in one. Where a key is where it belongs
    /// (twitter in name, the others in property) the last one counts, as in Crawl4AI; elsewhere it counts if
    /// there is no other. </summary>
    private static void Add(
        Dictionary<string, object?> metadata, string keys, string content, Func<string, bool> belongs)
    {
        foreach (var key in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Array.Exists(Prefixes, prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (belongs(key))
            {
                metadata[key] = content.Trim();
            }
            else
            {
                metadata.TryAdd(key, content.Trim());
            }
        }
    }

    private static bool IsCanonical(IElement link) => link.GetAttribute("href") is not null
        && (link.GetAttribute("rel") ?? "").Split(' ').Contains("canonical",
        StringComparer.OrdinalIgnoreCase);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
