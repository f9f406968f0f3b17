namespace Crawl4.Core.Reading.Parsing;

/// <summary>Ends a parse from within; nobody but <see cref="PageParser"/> sees it.</summary>
internal sealed class ParseStoppedException() : Exception("The page is deeper or larger than it may be.");
