namespace Crawl4.Core.Storing;

/// <summary>A write that the other store has not seen yet.</summary>
/// <param name="Url">The key that was written or deleted.</param>
/// <param name="Sequence">Grows with every write: what was written later has a greater one.</param>
/// <param name="Since">When the oldest write of this key was that the other store has not seen.</param>
/// <param name="DeletedVersion">Where the key was deleted: the version of the deletion. Zero where the deleting
/// program gives none.</param>
public readonly record struct OutboxLine(string Url, long Sequence, DateTimeOffset Since, long DeletedVersion);
