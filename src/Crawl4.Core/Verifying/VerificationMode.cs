namespace Crawl4.Core.Verifying;

/// <summary>How thoroughly both stores are compared.</summary>
public enum VerificationMode
{
    /// <summary>Only how many entries each has.</summary>
    Count,

    /// <summary>Some entries, chosen at random, read whole on both sides.</summary>
    Sample,

    /// <summary>Every entry.</summary>
    Full,

    /// <summary>Every entry by its recorded digest, again and again, with a sample of contents each time, until it is
    /// stopped.</summary>
    Continuous,
}
