using System.Xml;

namespace Crawl4.Core.Reading.Texts;

/// <summary>Parses RSS 0.9x, 1.0 and 2.0 and Atom by local names, which they do not share with anything else
/// that is read. Entities and external resources are never followed.</summary>
internal sealed class FeedParser
{
    /// <summary>Items of a feed. Feeds are windows on what is new; an archive has other ways.</summary>
    public const int MaxItems = 5_000;

    private readonly FeedItem _channel = new();
    private readonly List<FeedItem> _items = [];
    private bool _isFeed;

    /// <summary>The channel and its items, or null where the text is no feed.</summary>
    public static (FeedItem Channel, IReadOnlyList<FeedItem> Items)? Parse(string xml)
    {
        var parser = new FeedParser();
        var settings = new XmlReaderSettings
        {
            // RSS 0.91 has a document type. It is skipped unread, so there are no entities to expand.
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var text = new StringReader(xml.TrimStart('\uFEFF', ' ', '\r', '\n', '\t'));
            using var reader = XmlReader.Create(text, settings);
            parser.Read(reader);
        }
        catch (XmlException) when (parser._items.Count > 0)
        {
            // What came before the fault was read.
        }
        catch (XmlException)
        {
            return null;
        }

        return parser._isFeed ? (parser._channel, parser._items) : null;
    }

    private void Read(XmlReader reader)
    {
        FeedItem? item = null;
        var itemDepth = 0;
        var more = reader.Read();
        while (more && _items.Count < MaxItems)
        {
            if (reader.NodeType == XmlNodeType.EndElement && item is not null && reader.Depth == itemDepth)
            {
                item = null;
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                more = reader.Read();
                continue;
            }

            switch (reader.LocalName)
            {
                case "rss" or "RDF" or "feed" or "channel":
                    _isFeed = true;
                    more = reader.Read();
                    break;
                case "item" or "entry":
                    (item, itemDepth) = (new FeedItem(), reader.Depth);
                    _items.Add(item);
                    item = reader.IsEmptyElement ? null : item;
                    more = reader.Read();
                    break;
                case "image" or "textInput" or "source":
                    reader.Skip();
                    more = !reader.EOF;
                    break;
                default:
                    Field(reader, item ?? _channel);
                    more = !reader.EOF;
                    break;
            }
        }
    }

    /// <summary>Takes an element that is a field; the reader then stands behind it.</summary>
    private static void Field(XmlReader reader, FeedItem item)
    {
        switch (reader.LocalName)
        {
            case "title":
                item.Title = First(item.Title, Content(reader));
                break;
            case "link":
                Link(reader, item);
                break;
            case "pubDate" or "published" or "updated" or "date" or "lastBuildDate" or "modified" or "issued":
                item.Date = First(item.Date, Content(reader));
                break;
            case "author" or "creator" or "managingEditor":
                item.Author = First(item.Author, Content(reader));
                break;
            case "language":
                item.Language = First(item.Language, Content(reader));
                break;
            case "description" or "summary" or "subtitle" or "tagline":
                item.Summary = First(item.Summary, Content(reader));
                break;
            case "content" or "encoded":
                // The whole text says more than a summary of it.
                var content = Content(reader);
                item.Summary = content.Length > item.Summary.Length ? content : item.Summary;
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Link(XmlReader reader, FeedItem item)
    {
        var href = reader.GetAttribute("href");
        var rel = reader.GetAttribute("rel");
        var text = Content(reader);
        if (rel is null or "alternate")
        {
            item.Link = First(item.Link, (href ?? text).Trim());
        }
    }

    /// <summary>The text in an element, markup in it as markup: Atom may hold XHTML.</summary>
    private static string Content(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            reader.Skip();
            return "";
        }

        using var inner = reader.ReadSubtree();
        inner.Read();
        var text = inner.ReadInnerXml();
        reader.Skip();
        return text.Contains('<', StringComparison.Ordinal) && !text.Contains("<![CDATA[",
            StringComparison.Ordinal)
            ? text.Trim() : Unescape(text);
    }

    private static string Unescape(string xml) => System.Net.WebUtility.HtmlDecode(
        xml.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "",
            StringComparison.Ordinal)).Trim();

    private static string First(string known, string found) => known.Length > 0 ? known : found;
}
