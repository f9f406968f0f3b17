using Crawl4.Core.Storing;
using Crawl4.Core.Storing.DynamoDb;

namespace Crawl4.Core.Tests.Storing.DynamoDb;

/// <summary>One key under random operations, one at a time: what was acknowledged last, and what may have happened
/// since.</summary>
internal sealed class KeyHistory(string url, int seed)
{
    private readonly List<string?> _possible = [];
    private string? _acknowledged;
    private long _version;

    public string Url { get; } = url;

    /// <summary>Calls that failed for good.</summary>
    public int Failed { get; private set; }

    public async Task ActAsync(DynamoDbCacheStore store, Random random, int step)
    {
        try
        {
            switch (random.Next(10))
            {
                case < 4:
                    await PutAsync(store, random, step, version: 0);
                    break;
                case < 6:
                    // Sometimes older than what is there.
                    await PutAsync(store, random, step, Math.Max(1, _version + random.Next(-3, 4)));
                    break;
                case 6:
                    await DeleteAsync(store);
                    break;
                default:
                    Check(await store.GetAsync(Url, CancellationToken.None), $"at step {step}");
                    break;
            }
        }
        catch (Crawl4Exception failed) when (failed.IsTransient)
        {
            Failed++;
        }
    }

    public void Check(CacheEntry? read, string when)
    {
        var expected = string.Join(" or ", _possible.Prepend(_acknowledged).Select(text => text ?? "nothing"));
        Assert.True(read?.ETag == _acknowledged || _possible.Contains(read?.ETag),
            $"seed {seed}, {Url} {when}: {read?.ETag ?? "nothing"}, not {expected}");
        Assert.True(read is null || read.Version >= _version || _possible.Contains(read.ETag),
            $"seed {seed}, {Url} {when}: version {read?.Version} is older than {_version}");
    }

    private async Task PutAsync(DynamoDbCacheStore store, Random random, int step, long version)
    {
        var text = $"step {step}";
        var large = random.Next(3) == 0 ? Noise.Text(step, 40_000) : "";
        // Until there is an answer it may have happened or not.
        _possible.Add(text);
        var put = await store.PutAsync(
            new CacheEntry { Url = Url, ETag = text, Html = large, Version = version }, CancellationToken.None);
        if (put.Outcome == CachePutOutcome.Superseded)
        {
            _possible.Remove(text);
            Assert.True(put.Version >= version, $"seed {seed}, {Url} at step {step}: superseded by something older");
            return;
        }

        Assert.True(put.Version > _version, $"seed {seed}, {Url} at step {step}: {put.Version} after {_version}");
        Acknowledge(text, put.Version);
    }

    private async Task DeleteAsync(DynamoDbCacheStore store)
    {
        _possible.Add(null);
        await store.DeleteAsync(Url, CancellationToken.None);
        Acknowledge(null, _version);
    }

    private void Acknowledge(string? text, long version)
    {
        _possible.Clear();
        _acknowledged = text;
        _version = version;
    }
}
