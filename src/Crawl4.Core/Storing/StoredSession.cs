namespace Crawl4.Core.Storing;

/// <summary>A session as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Data">What it holds, as JSON.</param>
public sealed record StoredSession(string Id, string Data)
{
    /// <summary>Grows with every write; that of a new session under an old id is another one.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was made, to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was written or touched last, to the millisecond.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When it ends if nobody uses it, in whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Everything but the data, which may be secret.</summary>
    public override string ToString() => $"Session, revision {Revision}, until {ExpiresAt:u}";
}

/// <summary>A session in a listing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was written or touched last.</param>
/// <param name="ExpiresAt">When it ends if nobody uses it.</param>
/// <param name="SizeBytes">The size of its data, in bytes of UTF-8.</param>
public sealed record SessionSummary(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, long SizeBytes);

/// <summary>What became of a put.</summary>
/// <param name="Stored">False where the session was not what its writer had seen: nothing was written.</param>
/// <param name="Session">The session as it is now. Null where nothing was written because there is none.</param>
public readonly record struct SessionPutResult(bool Stored, StoredSession? Session);
