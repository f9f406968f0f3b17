namespace Crawl4.Core.Verifying;

/// <summary>Every mismatch that a verification has found, in the order that they were found.</summary>
public interface IMismatchLog
{
    /// <summary>Adds one. Not safe for several threads at once.</summary>
    /// <param name="mismatch">The mismatch.</param>
    void Add(Mismatch mismatch);

    /// <summary>All of them, streaming.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    IAsyncEnumerable<Mismatch> ReadAsync(CancellationToken cancellationToken);
}
