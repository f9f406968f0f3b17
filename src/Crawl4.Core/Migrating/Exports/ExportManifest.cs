using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>What is in a folder of exported entries. It is written last: a folder without one is not whole.</summary>
public sealed record ExportManifest
{
    /// <summary>The version of the layout of folders that this version of Crawl4 writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the manifest lists of damaged entries at most; it is one document, which is read whole.</summary>
    public const int MostListed = 10_000;

    /// <summary>The version of the folder's layout.</summary>
    public required int Version { get; init; }

    /// <summary>How the entries are written.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The cache that they are of.</summary>
    public required string Cache { get; init; }

    /// <summary>Patterns of the URLs that were exported; none for all.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>When the export was begun.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was whole.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How many entries there are.</summary>
    public long Entries { get; init; }

    /// <summary>Their content, in UTF-8 bytes.</summary>
    public long ContentBytes { get; init; }

    /// <summary>How many entries could not be exported.</summary>
    public long Damaged { get; init; }

    /// <summary>The first <see cref="MostListed"/> of these, each with its reason.</summary>
    public IReadOnlyList<QuarantinedEntry> Quarantine { get; init; } = [];

    /// <summary>The files.</summary>
    public IReadOnlyList<ExportPart> Parts { get; init; } = [];

    /// <summary>The size of all files, in bytes.</summary>
    public long FileBytes => Parts.Sum(part => part.FileBytes);

    /// <summary>The cache and the format.</summary>
    public override string ToString() => $"{Cache}: {Format}";
}

/// <summary>One file of exported entries, gzip.</summary>
/// <param name="Name">Its path within the folder, with slashes.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="RawBytes">The size of its lines, in bytes.</param>
/// <param name="FileBytes">The size of the file, in bytes.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
public sealed record ExportPart(string Name, long Lines, long RawBytes, long FileBytes, string Sha256);
