using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.Fetching;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;

namespace Crawl4.PowerShell.Commands;

/// <summary>Crawls pages, and gives each result as soon as it is there.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Crawl4")]
[OutputType(typeof(CrawlResult))]
public sealed class InvokeCrawl4Command : ExtractingCmdlet<string>
{
    private const int MaxTimeoutSec = 86400;

    // The number that events of front ends have: they are not of Core's areas.
    private const int PageDone = 0;

    private string? _basePath;
    private long _asked;
    private volatile bool _allAsked;

    /// <summary>The pages. A bare host gets https://; everything else is taken verbatim.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Uri", "Link", "Href")]
    [AllowEmptyString]
    [UrlTransformation]
    [ArgumentCompleter(typeof(CacheUrlCompleter))]
    public string[] Url { get; set; } = [];

    /// <summary>The base directory; the cache folder is <c>.crawl4ai</c> in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseDirectory { get; set; }

    /// <summary>How the cache is used.</summary>
    [Parameter]
    [ValidateSet("Enabled", "Disabled", "ReadOnly", "WriteOnly", "Bypass")]
    public string CacheMode { get; set; } = "Enabled";

    /// <summary>An entry older than this is fetched again. A plain number is seconds.</summary>
    [Parameter]
    [SecondsTransformation]
    [NotNegativeTime]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Asks the server whether an entry is still right before it is used.</summary>
    [Parameter]
    public SwitchParameter Validate { get; set; }

    /// <summary>How many pages are under way at once.</summary>
    [Parameter]
    [ValidateRange(1, Crawler.MaxThrottleLimit)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>The whole time for one page, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, (double)MaxTimeoutSec)]
    public double TimeoutSec { get; set; } = 60;

    /// <summary>Headers to send.</summary>
    [Parameter]
    [Alias("Headers")]
    public IDictionary? Header { get; set; }

    /// <summary>The User-Agent header.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserAgent { get; set; }

    /// <summary>The proxy: an http, https or socks5 URL.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Name and password for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Name and password for the server.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Accepts any TLS certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The pages of this command share cookies, under this name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SessionId { get; set; }

    /// <summary>The largest body, in bytes after decompression.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = HttpFetchOptions.DefaultMaxBodyBytes;

    /// <summary>Refuses addresses that are not of the public internet, and file: and raw: URLs.</summary>
    [Parameter]
    public SwitchParameter NoPrivateNetwork { get; set; }

    /// <summary>Failed pages are output too, besides being errors.</summary>
    [Parameter]
    public SwitchParameter IncludeFailed { get; set; }

    private protected override int ReadAhead => ThrottleLimit;

    private protected override string Activity => "Crawling";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _basePath = Checked(() => BaseFolder.Resolve(SessionState, BaseDirectory));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var url in Url)
        {
            // Lists of URLs have blank lines; one given as an argument is a variable that is not set.
            if (url.Length == 0 && MyInvocation.ExpectingInput)
            {
                WriteVerbose("A blank line is passed over.");
                continue;
            }

            Interlocked.Increment(ref _asked);
            Offer(url);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _allAsked = true;
        base.EndProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<string> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var engine = BaseFolder.OpenEngine(_basePath, pipeline, FetchOptions());
        using var models = OpenModels(pipeline);
        await using (engine.ConfigureAwait(false))
        {
            long done = 0;
            long failed = 0;
            var requests = RequestsAsync(input, Template(models, pipeline), cancellationToken);
            var results = engine.CrawlManyAsync(requests, ThrottleLimit, cancellationToken);
            await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                done++;
                failed += result.Success ? 0 : 1;
                await PassOnAsync(result, pipeline).ConfigureAwait(false);
                pipeline.Progress(ProgressOf(done, failed));
            }
        }
    }

    private async Task PassOnAsync(CrawlResult result, PipelineWriter pipeline)
    {
        if (pipeline.IsEnabled(EventSeverity.Information))
        {
            var took = result.Elapsed.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
            var status = result.StatusCode is { } code ? $"status {code}" : "no status";
            var outcome = result.Success ? result.CacheStatus.ToString() : "failed";
            pipeline.Write(new Crawl4Event(
                PageDone, EventSeverity.Information,
                $"{result.Url}: {outcome}, {status}, {took} ms."));
        }

        // The result before its error: with -ErrorAction Stop nothing comes after that.
        if (result.Success || IncludeFailed)
        {
            await pipeline.OutputAsync(result).ConfigureAwait(false);
        }

        if (result.Error is { } error)
        {
            await pipeline.FailureAsync(error, result).ConfigureAwait(false);
        }

        if (result.FilterError is { } notFiltered)
        {
            await pipeline.FailureAsync(notFiltered, result).ConfigureAwait(false);
        }

        if (result.ExtractionError is { } notExtracted)
        {
            await pipeline.FailureAsync(notExtracted, result).ConfigureAwait(false);
        }

        if (result.StoreError is { } notStored)
        {
            await pipeline.FailureAsync(notStored, result).ConfigureAwait(false);
        }
    }

    private PipelineProgress ProgressOf(long done, long failed)
    {
        var asked = Interlocked.Read(ref _asked);
        var ofAll = _allAsked ? $"{done} of {asked} pages" : $"{done} pages";
        return new PipelineProgress(failed == 0 ? ofAll : $"{ofAll}, {failed} failed", done, _allAsked ? asked : null);
    }

    private CrawlRequest Template(OpenModels models, PipelineWriter pipeline) => new()
    {
        Url = "",
        CacheMode = Enum.Parse<CacheMode>(CacheMode, ignoreCase: true),
        MaxAge = MaxAge,
        Validate = Validate,
        Headers = HeaderText.From(Header),
        UserAgent = UserAgent,
        Credential = Credential?.GetNetworkCredential(),
        SessionId = SessionId,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        Reading = Reading,
        Extraction = ExtractionBy(models, pipeline),
        Model = models.Chat,
    };

    private HttpFetchOptions FetchOptions()
    {
        var options = new HttpFetchOptions
        {
            Egress = NoPrivateNetwork ? EgressPolicy.Server : EgressPolicy.Shell,
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            SkipCertificateCheck = SkipCertificateCheck,
            MaxBodyBytes = MaxBodyBytes,
            TotalTimeout = TimeSpan.FromSeconds(TimeoutSec),
        };

        // Who allows a slow page two minutes does not want to lose it at the default of half a minute.
        return MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec))
            ? options with { FirstByteTimeout = options.TotalTimeout }
            : options;
    }

    private static async IAsyncEnumerable<CrawlRequest> RequestsAsync(
        IAsyncEnumerable<string> urls, CrawlRequest template,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var url in urls.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return template with { Url = url };
        }
    }
}
