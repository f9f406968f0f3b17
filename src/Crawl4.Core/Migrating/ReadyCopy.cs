using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>An entry that was read and only has to be put.</summary>
/// <param name="put">Puts it, and takes over what it is made of.</param>
/// <param name="held">What it is made of; null where nobody has to give that back.</param>
internal sealed class ReadyCopy(Func<CancellationToken, Task<CachePutResult>> put, IDisposable? held = null) : IDisposable
{
    private IDisposable? _held = held;

    public Task<CachePutResult> PutAsync(CancellationToken cancellationToken)
    {
        // What it refuses before it begins it does not take over.
        var putting = put(cancellationToken);
        _held = null;
        return putting;
    }

    public void Dispose() => _held?.Dispose();
}
