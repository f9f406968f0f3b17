namespace Crawl4.Cli.Demo;

/// <summary>One page of the demo site, and how the site serves it.</summary>
/// <param name="Path">Where it is on the site.</param>
/// <param name="Resource">The file in Demo/Site. Empty for a page that only leads elsewhere.</param>
/// <param name="ContentType">The Content-Type header.</param>
internal sealed record DemoPage(string Path, string Resource, string ContentType = "text/html; charset=utf-8")
{
    /// <summary>The charset that its text is sent in.</summary>
    public string Charset { get; init; } = "utf-8";

    /// <summary>Sends it packed with gzip.</summary>
    public bool Compressed { get; init; }

    /// <summary>The ETag header. Empty sends none.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Where it has moved. Empty where it is here.</summary>
    public string MovedTo { get; init; } = "";

    public int Status { get; init; } = 200;

    /// <summary>A piece of text that its Markdown must hold: what a wrong charset or a lost body would break.</summary>
    public string Sentinel { get; init; } = "";

    /// <summary>True for the pages that a crawl is meant to bring home.</summary>
    public bool IsGood => Status < 400;
}
