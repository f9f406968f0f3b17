namespace Crawl4.Core.Reading;
/// <summary>x</summary>
public enum ContentKind {
/// <summary>x</summary>
Html,
/// <summary>x</summary>
Xml,
/// <summary>x</summary>
Feed,
/// <summary>x</summary>
Text,
/// <summary>x</summary>
Json,
/// <summary>x</summary>
Csv }
