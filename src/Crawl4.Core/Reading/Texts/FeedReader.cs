using System.Net;
using System.Text;
using Crawl4.Core.Reading.Linking;
using Crawl4.Core.Reading.Markdown;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Texts;

/// <summary>Reads a feed: its title, then each item with link, date and text.</summary>
internal sealed class FeedReader(
    PageReader reader, ReadingOptions options, string feedUrl, CancellationToken cancellationToken)
{
    /// <summary>The page, or null where the content is no feed.</summary>
    public ReadPage? Read(string content)
    {
        if (FeedParser.Parse(content) is not var (channel, items))
        {
            return null;
        }

        var html = Html(channel, items);
        var page = reader.ReadHtml(html, feedUrl, options with
        {
            CssSelector = "",
            ExcludedSelector = "",
            ExcludedTags = [],
            TargetElements = [],
        }, cancellationToken);
        var metadata = TextPage.NoMetadata();
        metadata["title"] = NullIfEmpty(HtmlSpace.Fold(channel.Title));
        metadata["description"] = NullIfEmpty(HtmlSpace.Fold(channel.Summary));
        metadata["author"] = NullIfEmpty(HtmlSpace.Fold(channel.Author));
        if (channel.Language.Length > 0)
        {
            metadata["language"] = channel.Language;
        }

        return page with { Metadata = metadata, HeadFingerprint = "" };
    }

    /// <summary>The feed as HTML, so that one reader makes everything of it.</summary>
    private static string Html(FeedItem channel, IReadOnlyList<FeedItem> items)
    {
        var html = new StringBuilder("<html><head><title>").Append(Encode(channel.Title)).Append("</title>")
            .Append("</head>")
            .Append("<body><h1>").Append(Encode(channel.Title)).Append("</h1><div>").Append(channel.Summary)
            .Append("</div>");
        foreach (var item in items)
        {
            html.Append("<h2>");
            var title = Encode(item.Title.Length > 0 ? item.Title : item.Link);
            _ = item.Link.Length > 0
                ? html.Append("<a href=\"").Append(Encode(item.Link)).Append("\">").Append(title)
                    .Append("</a>")
                : html.Append(title);
            html.Append("</h2>");
            var parts = new[] { item.Date, HtmlSpace.Fold(item.Author) };
            var by = string.Join(", ", parts.Where(part => part.Length > 0));
            if (by.Length > 0)
            {
                html.Append("<p>").Append(Encode(by)).Append("</p>");
            }

            html.Append("<div>").Append(item.Summary).Append("</div>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
