namespace Crawl4.Core.Storing;

/// <summary>Where sessions are kept: what goes on between requests under one id, such as a browser's cookies and storage.
/// A session ends when nobody has used it for a while. Safe for use from many threads and processes; errors as in
/// <see cref="ICacheStore"/>. One contract test suite holds every store to what is said here.</summary>
/// <remarks>What a session holds is often a secret: no event, error or listing has its data, and no event or error its
/// id.</remarks>
public interface ISessionStore
{
    /// <summary>What users call it: its kind and where it is.</summary>
    string Description { get; }

    /// <summary>Reads a session, as it was written last, by whichever process. Does not count as use.</summary>
    /// <param name="id">Its id: 1 to 1,024 bytes of UTF-8, without control characters.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The session, or null where there is none or it has ended.</returns>
    Task<StoredSession?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Writes a session, if it is still what its writer has seen: of two writers that read the same, the second
    /// is told, and nothing is lost in silence. Counts as use.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="data">What it holds: one JSON value, up to 262,144 bytes of UTF-8.</param>
    /// <param name="expectedRevision">The revision that the writer has seen. Zero makes a new session.</param>
    /// <param name="cancellationToken">Stops waiting; the write may or may not have happened.</param>
    /// <returns>Whether it was written, and the session as it is now.</returns>
    /// <exception cref="ArgumentException">The id or the data is not as said here.</exception>
    Task<SessionPutResult> PutAsync(
        string id, string data, long expectedRevision, CancellationToken cancellationToken);

    /// <summary>Counts as use: the session lasts on from now. Its revision stays, so a writer is not disturbed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is none, or it has ended.</returns>
    Task<bool> TouchAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists the sessions that go on, in no order, without their data.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    IAsyncEnumerable<SessionSummary> ListAsync(CancellationToken cancellationToken);

    /// <summary>Ends a session.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>True where there was one that went on.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
