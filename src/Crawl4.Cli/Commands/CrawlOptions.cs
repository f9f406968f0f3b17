using System.CommandLine;
using System.Net;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;

namespace Crawl4.Cli.Commands;

/// <summary>How pages are crawled: the one place where command-line options become a request.</summary>
internal sealed class CrawlOptions
{
    private const int DefaultThrottleLimit = 5;

    private readonly Option<CacheMode?> _cacheMode = ChoiceOption.Create<CacheMode>(
        "--cache-mode", "How the cache is used. Default: enabled.",
        "enabled", "disabled", "read_only", "write_only", "bypass");

    private readonly Option<TimeSpan?> _maxAge = SecondsOption.Create(
        "--max-age", "Fetch anew what was cached longer ago.", allowZero: true);

    private readonly Option<bool> _validate = new("--validate")
    {
        Description = "Ask the server whether a cached page is still right before using it.",
    };

    private readonly Option<int?> _throttleLimit = CountOption.Create(
        "--throttle-limit",
        $"Pages under way at once. Default: {DefaultThrottleLimit}.",
        Crawler.MaxThrottleLimit);

    private readonly Option<TimeSpan?> _timeout = SecondsOption.Create(
        "--timeout", "The whole time for a page. Default: 60.", allowZero: false);

    private readonly Option<int?> _maxBodyBytes = CountOption.Create(
        "--max-body-bytes", "The largest page, after decompression. Default: 26214400 (25 MiB).");

    private readonly HeaderOption _headers = new();
    private readonly Option<string?> _userAgent = new("--user-agent")
    {
        Description = "The User-Agent header.",
        HelpName = "TEXT",
    };

    private readonly ProxyOption _proxy = new();
    private readonly Option<bool> _skipCertificateCheck = new("--skip-certificate-check")
    {
        Description = "Accept any TLS certificate.",
    };

    private readonly Option<bool> _noPrivateNetwork = new("--no-private-network")
    {
        Description = "Refuse loopback, private and link-local addresses, and file: and raw: URLs.",
    };

    private readonly ReadingArguments _reading = new();
    private readonly ExtractionArguments _extraction = new();
    private readonly ModelArguments _models = new();

    public void AddTo(Command command)
    {
        command.Add(_cacheMode);
        command.Add(_maxAge);
        command.Add(_validate);
        command.Add(_throttleLimit);
        command.Add(_timeout);
        command.Add(_maxBodyBytes);
        command.Add(_headers.Option);
        command.Add(_userAgent);
        command.Add(_proxy.Option);
        command.Add(_skipCertificateCheck);
        command.Add(_noPrivateNetwork);
        _reading.AddTo(command);
        _extraction.AddTo(command, _models);
        _models.AddTo(command, _reading);
    }

    public int ThrottleLimit(ParseResult parsed) => parsed.GetValue(_throttleLimit) ?? DefaultThrottleLimit;

    /// <summary>The request that all URLs of the command share; each puts its own URL in.</summary>
    public CrawlRequest Request(ParseResult parsed, OpenModels models) => new()
    {
        Url = "",
        CacheMode = parsed.GetValue(_cacheMode) ?? CacheMode.Enabled,
        MaxAge = parsed.GetValue(_maxAge),
        Validate = parsed.GetValue(_validate),
        Timeout = parsed.GetValue(_timeout),
        Headers = _headers.Of(parsed),
        UserAgent = parsed.GetValue(_userAgent),
        Reading = _reading.Of(parsed),
        Extraction = _extraction.Of(parsed, models),
        Model = models.Chat,
    };

    /// <summary>Connections to the models that are named.</summary>
    public OpenModels Models(ParseResult parsed, CliContext context) => _models.Open(parsed, context);

    public HttpFetchOptions Fetch(ParseResult parsed)
    {
        var (proxy, credential) = _proxy.Of(parsed);
        var options = new HttpFetchOptions
        {
            Egress = parsed.GetValue(_noPrivateNetwork) ? EgressPolicy.Server : EgressPolicy.Shell,
            SkipCertificateCheck = parsed.GetValue(_skipCertificateCheck),
            Proxy = proxy,
            ProxyCredential = credential,
            MaxBodyBytes = parsed.GetValue(_maxBodyBytes) ?? HttpFetchOptions.DefaultMaxBodyBytes,
        };

        // Who allows a slow page two minutes does not want to lose it at the default of half a minute.
        return parsed.GetValue(_timeout) is { } timeout
            ? options with { TotalTimeout = timeout, FirstByteTimeout = timeout }
            : options;
    }
}
