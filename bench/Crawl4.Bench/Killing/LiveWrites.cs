using System.Globalization;
using Crawl4.Core;
using Crawl4.Core.Storing;

namespace Crawl4.Bench.Killing;

/// <summary>Writes to a cache while others are killed: as Crawl4AI does, by plain SQL, and through Crawl4.</summary>
internal sealed class LiveWrites : IAsyncDisposable
{
    private const int MostNewUrls = 100;

    private readonly KilledCache _cache;
    private readonly MadeCache? _sql;
    private readonly string[] _urls;
    private readonly Random _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;

    /// <param name="cache">The cache.</param>
    /// <param name="sql">The same one for writes by plain SQL, or null for none.</param>
    /// <param name="urls">What is changed and deleted.</param>
    /// <param name="seed">What, when and how.</param>
    public LiveWrites(KilledCache cache, MadeCache? sql, IEnumerable<string> urls, int seed)
    {
        (_cache, _sql, _urls, _random) = (cache, sql, [.. urls], new Random(seed));
        _writing = Task.Run(WriteAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing;
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var url = _random.Next(8) == 0
                ? string.Create(CultureInfo.InvariantCulture, $"https://kills.example/new/{_random.Next(MostNewUrls)}")
                : _urls[_random.Next(_urls.Length)];
            try
            {
                await WriteAsync(url, MadeCache.Text(_random, _random.Next(100, 3000)), number);
            }
            catch (Crawl4Exception error)
            {
                _cache.Tally.Problem($"A write of {url} failed: {error.Message}");
                _cache.Expected.TryRemove(url, out _);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(5, 60)));
        }
    }

    private async Task WriteAsync(string url, string text, int number)
    {
        switch (_random.Next(_sql is null ? 3 : 7))
        {
            case 0:
                await _cache.Stores.Store.DeleteAsync(url, default);
                _cache.Expected[url] = null;
                break;
            case 1 or 2:
                await _cache.Stores.Store.PutAsync(new CacheEntry { Url = url, Html = text, Markdown = "ours" }, default);
                _cache.Expected[url] = text;
                break;
            case 3:
                _sql!.Delete(url);
                _cache.Expected[url] = null;
                break;
            case 4:
                _sql!.Refresh(url, $"\"{number}\"");
                break;
            case 5 when _sql!.Has(url):
                _sql.Update(url, text);
                _cache.Expected[url] = text;
                break;
            default:
                _sql!.Put(url, text);
                _cache.Expected[url] = text;
                break;
        }

        _cache.Tally.Add("live writes");
    }
}
