namespace Crawl4.Core.Crawling;

/// <summary>How a crawl uses the cache. The names are Crawl4AI's.</summary>
public enum CacheMode
{
    /// <summary>Read it, and write what had to be fetched.</summary>
    Enabled,

    /// <summary>Neither read nor write; the cache is not even opened.</summary>
    Disabled,

    /// <summary>Read it and fetch what is missing, write nothing.</summary>
    ReadOnly,

    /// <summary>Fetch always, and write.</summary>
    WriteOnly,

    /// <summary>Fetch always, write nothing: this once, as if there were no cache.</summary>
    Bypass,
}
