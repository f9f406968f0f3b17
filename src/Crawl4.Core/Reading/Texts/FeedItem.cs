namespace Crawl4.Core.Reading.Texts;

/// <summary>A feed's channel, or an item of it, as its elements say. Text is trimmed; empty where there is
/// none. </summary>
internal sealed class FeedItem
{
    public string Title { get; set; } = "";

    public string Link { get; set; } = "";

    public string Date { get; set; } = "";

    public string Author { get; set; } = "";

    /// <summary>HTML in most feeds.</summary>
    public string Summary { get; set; } = "";

    public string Language { get; set; } = "";
}
