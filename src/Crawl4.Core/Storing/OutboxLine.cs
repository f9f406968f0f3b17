namespace Crawl4.Core.Storing;

/// <summary>A write that the other store has not seen yet.</summary>
/// <param name="Url">The key that was written or deleted.</param>
/// <param name="Sequence">Grows with every write: what was written later has a greater one.</param>
/// <param name="WrittenAt">When it was written. A table that keeps no time of its rows has only this one.</param>
/// <param name="DeletedVersion">Where the key was deleted: the version of the deletion. Zero where the deleting
/// program gives none.</param>
public readonly record struct OutboxLine(string Url, long Sequence, DateTimeOffset WrittenAt, long DeletedVersion);
