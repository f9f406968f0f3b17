namespace Crawl4.Core.Storing;

/// <summary>A store that takes over large entries as bytes.</summary>
internal interface ILargeTarget
{
    /// <summary>Puts an entry unless what is there is as new, as <see cref="ICopiedWrites"/> does.</summary>
    /// <param name="entry">The entry, with its version. It is disposed of when nothing reads it any more, which may be after
    /// its caller stopped waiting.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CachePutResult> PutAsync(LargeEntry entry, CancellationToken cancellationToken);
}
