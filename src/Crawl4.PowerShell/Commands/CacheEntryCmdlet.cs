using System.Management.Automation;
using Crawl4.Core.Storing;
using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that act on entries: entries that are named, or entries that a query finds.</summary>
public abstract class CacheEntryCmdlet : Crawl4Cmdlet<string>
{
    private protected const string UrlSet = "Url";
    private protected const string QuerySet = "Query";

    /// <summary>The entries, by their URLs.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true, Position = 0,
        ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri", "Link", "Href")]
    [ValidateNotNullOrEmpty]
    [UrlTransformation]
    [ArgumentCompleter(typeof(CacheUrlCompleter))]
    public string[] Url { get; set; } = [];

    /// <summary>Entries whose URL starts with this text.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CacheUrlCompleter))]
    public string? Prefix { get; set; }

    /// <summary>Entries of this domain and of those below it.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CacheDomainCompleter))]
    public string? Domain { get; set; }

    /// <summary>Entries older than this. A plain number is seconds.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [SecondsTransformation]
    [NotNegativeTime]
    public TimeSpan? OlderThan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var url in Url)
        {
            Offer(url);
        }
    }

    /// <summary>The query that these parameters make.</summary>
    private protected CacheQuery Query() => new()
    {
        UrlPrefix = Prefix,
        Domain = Domain,
        CachedBefore = CacheAge.Before(OlderThan),
    };
}
