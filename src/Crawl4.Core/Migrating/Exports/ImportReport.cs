namespace Crawl4.Core.Migrating.Exports;

/// <summary>What became of exported entries.</summary>
public sealed record ImportReport
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The store that they went to.</summary>
    public required string Cache { get; init; }

    /// <summary>How many entries the folder has.</summary>
    public long Entries { get; init; }

    /// <summary>How many were stored.</summary>
    public long Stored { get; init; }

    /// <summary>How many were there already.</summary>
    public long Unchanged { get; init; }

    /// <summary>How many were not stored because something newer was there.</summary>
    public long Superseded { get; init; }

    /// <summary>How many could not be stored.</summary>
    public long Refused { get; init; }

    /// <summary>How many of the cache had been damaged when they were exported, and so are not among them.</summary>
    public long LeftOut { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The folder and how many were stored.</summary>
    public override string ToString() => $"{Path}: {Stored} of {Entries} stored";
}
