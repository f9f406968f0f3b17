namespace Crawl4.Core.Reading.Extracting;

/// <summary>Which of Crawl4AI's strategies a schema is written for. They differ in their selectors and in how an
/// element becomes text.</summary>
public enum SchemaKind
{
    /// <summary>CSS selectors; pieces of text, trimmed, are joined without a space. JsonCssExtractionStrategy.</summary>
    Css,

    /// <summary>CSS selectors, which in an item match the item's own element too; pieces of text, trimmed, are joined
    /// by a space. JsonLxmlExtractionStrategy.</summary>
    Lxml,

    /// <summary>XPath 1.0; a selector without a slash is CSS where it can be. Text is trimmed as a whole.
    /// JsonXPathExtractionStrategy.</summary>
    XPath,
}
