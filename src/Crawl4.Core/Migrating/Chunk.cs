using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating;

/// <summary>Entries that stand one after the other in the source, and what became of them.</summary>
internal sealed class Chunk
{
    private readonly long[] _outcomes = new long[Enum.GetValues<CopyOutcome>().Length];
    private readonly List<QuarantinedEntry> _damage = [];

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The last of its URLs.</summary>
    public string LastUrl { get; private set; } = "";

    /// <summary>True where no entry comes to it any more.</summary>
    public bool IsSealed { get; set; }

    public bool IsDone => IsSealed && Done == Count;

    public long CopiedBytes { get; private set; }

    public IReadOnlyList<QuarantinedEntry> Damage => _damage;

    private int Done { get; set; }

    public void Add(string url, long bytes)
    {
        Count++;
        Bytes += bytes;
        LastUrl = url;
    }

    public void Complete(CopyResult result)
    {
        Done++;
        _outcomes[(int)result.Outcome]++;
        CopiedBytes += result.Bytes;
        if (result.Damage is { } damage)
        {
            _damage.Add(damage);
        }
    }

    public long Of(CopyOutcome outcome) => _outcomes[(int)outcome];
}
