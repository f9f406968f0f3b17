using System.Text;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>One shard of the listing index, read in URL order.</summary>
internal sealed class ShardCursor(IAsyncEnumerable<QueryResponse> pages) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<QueryResponse> _pages = pages.GetAsyncEnumerator(CancellationToken.None);
    private readonly Queue<Listed> _ready = new();
    private readonly List<Listed> _alike = [];
    private Queue<Item> _page = new();
    private bool _ended;

    /// <summary>What stands next; valid after <see cref="MoveNextAsync"/> gave true.</summary>
    public Listed Current => _ready.Peek();

    /// <summary>False where there is no more.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        _ready.TryDequeue(out _);
        while (_ready.Count == 0 && !(_ended && _alike.Count == 0))
        {
            if (await NextAsync().ConfigureAwait(false) is { } next)
            {
                Add(next);
            }
            else
            {
                _ended = true;
                Release();
            }
        }

        return _ready.Count > 0;
    }

    public ValueTask DisposeAsync() => _pages.DisposeAsync();

    /// <summary>The index sorts by the first 1,024 bytes only: longer URLs that begin alike are held until the last of
    /// them is there.</summary>
    private void Add(Listed next)
    {
        if (_alike.Count > 0 && !_alike[0].SortKey.Span.SequenceEqual(next.SortKey.Span))
        {
            Release();
        }

        if (next.SortKey.Length < ServiceLimits.SortKeyBytes)
        {
            _ready.Enqueue(next);
        }
        else
        {
            _alike.Add(next);
        }
    }

    private void Release()
    {
        foreach (var one in _alike.OrderBy(one => one.UrlBytes, Listed.ByteOrder))
        {
            _ready.Enqueue(one);
        }

        _alike.Clear();
    }

    private async ValueTask<Listed?> NextAsync()
    {
        while (_page.Count == 0)
        {
            if (_ended || !await _pages.MoveNextAsync().ConfigureAwait(false))
            {
                return null;
            }

            _page = new Queue<Item>(_pages.Current.Items ?? []);
        }

        return new Listed(new EntryHead(_page.Dequeue()));
    }
}

/// <summary>An entry of a listing.</summary>
internal sealed record Listed(EntryHead Head)
{
    public static readonly IComparer<byte[]> ByteOrder =
        Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    public byte[] UrlBytes { get; } = Encoding.UTF8.GetBytes(Head.Url);

    public ReadOnlyMemory<byte> SortKey { get; } = ItemValue.Bytes(Head.Item, ItemNames.SortKey) ?? default;
}
