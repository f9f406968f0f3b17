namespace Crawl4.Cli.Demo;

/// <summary>All pages of the demo site.</summary>
internal static class DemoPages
{
    /// <summary>The page that is read back from the cache.</summary>
    public const string ShownPath = "/guide/crawling.html";

    /// <summary>The page whose entry is validated.</summary>
    public const string TaggedPath = "/odd/tagged.html";

    public static IReadOnlyList<DemoPage> All { get; } =
    [
        new("/", "index.html") { Sentinel = "How a crawl goes" },
        new(ShownPath, "crawling.html") { Sentinel = "headings stay headings" },
        new("/guide/caching.html", "caching.html") { Sentinel = "three honest answers" },
        new("/guide/shell.html", "shell.html") { Sentinel = "--throttle-limit 8" },
        new("/guide/start.html", "") { MovedTo = ShownPath, Status = 301, Sentinel = "headings stay headings" },
        new("/about/cache-modes.html", "cache-modes.html") { Sentinel = "write_only" },
        new("/about/glossary.html", "glossary.html") { Sentinel = "letter for letter" },
        new("/about/notes.txt", "notes.txt", "text/plain; charset=utf-8") { Sentinel = "starts with a star" },
        new("/about/site.json", "site.json", "application/json") { Sentinel = "cache-modes.html" },
        new("/feed.xml", "feed.xml", "application/rss+xml") { Sentinel = "Why a cache pays" },
        new("/odd/pictures.html", "pictures.html") { Sentinel = "stretched" },
        new("/odd/scripts.html", "scripts.html") { Sentinel = "保存したページは" },

        // What the header leaves out the page must say, and the other way round.
        new("/odd/cyrillic.html", "cyrillic.html", "text/html")
        {
            Charset = "windows-1251",
            Sentinel = "Сохранённую страницу",
        },
        new("/odd/japanese.html", "japanese.html", "text/html; charset=Shift_JIS")
        {
            Charset = "shift_jis",
            Sentinel = "「能力」や「予定表」",
        },
        new("/odd/compressed.html", "compressed.html") { Compressed = true, Sentinel = "how small it was" },
        new(TaggedPath, "tagged.html") { ETag = "\"demo-1\"", Sentinel = "no more" },
        new("/odd/gone.html", "gone.html") { Status = 404 },
    ];
}
