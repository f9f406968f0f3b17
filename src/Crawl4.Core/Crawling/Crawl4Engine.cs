using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.Core.Settings;
using Crawl4.Core.Storing;
using Crawl4.Core.Storing.Hybrid;
using Crawl4.Core.Storing.Sqlite;

namespace Crawl4.Core.Crawling;

/// <summary>What a front end holds: fetcher, reader, store and crawler over one cache folder. Nothing is opened or
/// created before it is used. Safe for use from many threads.</summary>
public sealed class Crawl4Engine : IAsyncDisposable
{
    private readonly HttpPageFetcher _fetcher;
    private readonly Crawler _crawler;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where an option has a value that
    /// is not allowed.</exception>
    public Crawl4Engine(Crawl4EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = CacheFolder.Resolve(options.BaseDirectory, options.Environment);
        var fetch = options.Fetch with { DownloadFolder = folder.DownloadPath };
        _fetcher = new HttpPageFetcher(fetch, options.TimeProvider, options.Events);
        Stores = new CacheStores(new CacheStoresOptions
        {
            Folder = folder,
            BusyTimeout = options.StoreBusyTimeout,
            Environment = options.Environment,
            TimeProvider = options.TimeProvider,
            Events = options.Events,
        });
        _crawler = new Crawler(_fetcher, new PageReader(), Stores.Store, options.TimeProvider, options.Events);
    }

    /// <summary>The cache folder.</summary>
    public CacheFolder Folder => Stores.Folder;

    /// <summary>The store behind the cache: SQLite, and DynamoDB as far as the rollout has come.</summary>
    public ICacheStore Store => Stores.Store;

    /// <summary>Both stores, each by itself, and the rollout between them.</summary>
    public CacheStores Stores { get; }

    /// <summary>Crawls one page. A page that fails is a result with <see cref="CrawlResult.Success"/> false.</summary>
    /// <param name="request">What to crawl, and how.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<CrawlResult> CrawlAsync(CrawlRequest request, CancellationToken cancellationToken) =>
        _crawler.CrawlAsync(request, cancellationToken);

    /// <summary>Crawls many pages, and gives each result as soon as it is there.</summary>
    /// <param name="requests">What to crawl; asked for only as fast as there is room.</param>
    /// <param name="throttleLimit">How many pages are under way at once, 1 to
    /// <see cref="Crawler.MaxThrottleLimit"/>.</param>
    /// <param name="cancellationToken">Stops all of it.</param>
    public IAsyncEnumerable<CrawlResult> CrawlManyAsync(
        IAsyncEnumerable<CrawlRequest> requests, int throttleLimit, CancellationToken cancellationToken) =>
        _crawler.CrawlManyAsync(requests, throttleLimit, cancellationToken);

    /// <summary>What the cache says of itself.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<StoresStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Stores.GetStatusAsync(cancellationToken);

    /// <summary>Brings an old cache to the current layout, after a backup.</summary>
    /// <param name="rehearse">Only says what would be done.</param>
    /// <param name="cancellationToken">Stops between entries; a second run goes on.</param>
    public Task<CacheUpgradeReport> UpgradeAsync(bool rehearse, CancellationToken cancellationToken) =>
        Stores.Sqlite.UpgradeAsync(rehearse, cancellationToken);

    /// <summary>Ends what is under way in the stores, then releases connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await Stores.DisposeAsync().ConfigureAwait(false);
    }
}
