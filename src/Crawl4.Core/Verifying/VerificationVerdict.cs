namespace Crawl4.Core.Verifying;

/// <summary>What a verification found, in one word.</summary>
public enum VerificationVerdict
{
    /// <summary>Both stores are equal, as far as the mode looks.</summary>
    Equal,

    /// <summary>There are mismatches.</summary>
    Different,

    /// <summary>No mismatch was found, but not everything could be looked at, or something went on changing.</summary>
    Incomplete,
}
