namespace Crawl4.Core.Reading;

/// <summary>What kind of content is read.</summary>
public enum ContentKind
{
    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>XML of any other kind.</summary>
    Xml,

    /// <summary>An RSS or Atom feed.</summary>
    Feed,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,
}
