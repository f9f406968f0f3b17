namespace Crawl4.Core.Storing.Hybrid;

/// <summary>Leaves a store alone for a while after so many failures in a row, then lets one call through to see
/// whether it answers again. A call that was not let through costs nothing.</summary>
/// <remarks>Our own: Polly's judges a share of the calls in a window of time, and does not tell the drainer that one
/// line should go ahead of the others.</remarks>
internal sealed class CircuitBreaker(HybridOptions options)
{
    private readonly Lock _lock = new();
    private int _failures;
    private long _openedAt;
    private bool _trying;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _failures >= options.BreakAfter;
            }
        }
    }

    /// <summary>True where a call may be made; its outcome must be told.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_failures < options.BreakAfter)
            {
                return true;
            }

            if (_trying || options.TimeProvider.GetElapsedTime(_openedAt) < options.BreakFor)
            {
                return false;
            }

            _trying = true;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
            _trying = false;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _failures++;
            _trying = false;
            if (_failures >= options.BreakAfter)
            {
                _openedAt = options.TimeProvider.GetTimestamp();
            }
        }
    }

    /// <summary>The call was given up by its caller, which says nothing of the store.</summary>
    public void Abandoned()
    {
        lock (_lock)
        {
            _trying = false;
        }
    }
}
