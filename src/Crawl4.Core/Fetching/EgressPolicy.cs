namespace Crawl4.Core.Fetching;

/// <summary>Which addresses and schemes requests may go to: the one place where this is decided. Every
/// address is resolved, checked and connected to without resolving it again, at every redirect.</summary>
public sealed record EgressPolicy
{
    /// <summary>For a person's own shell: private networks, files and raw HTML are theirs to read.</summary>
    public static readonly EgressPolicy Shell =
        new() { AllowPrivate = true, AllowFile = true, AllowRaw = true };

    /// <summary>For requests that come from elsewhere: public addresses only.</summary>
    public static readonly EgressPolicy Server = new();

    /// <summary>Loopback, private, link-local and other addresses that are not of the public
    /// internet.</summary>
    /// <value>False.</value>
    public bool AllowPrivate { get; init; }

    /// <summary>Addresses of the public internet. Without them a request that must stay within the own network, such
    /// as a secret over http, cannot leave it, whatever a name resolves to.</summary>
    /// <value>True.</value>
    public bool AllowPublic { get; init; } = true;

    /// <summary>file: URLs. A redirect never leads to one.</summary>
    /// <value>False.</value>
    public bool AllowFile { get; init; }

    /// <summary>raw: URLs, which carry the page itself.</summary>
    /// <value>False.</value>
    public bool AllowRaw { get; init; }
}
