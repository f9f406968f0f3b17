using Crawl4.Core.Storing;

namespace Crawl4.Core.Migrating.Exports;

/// <summary>What to export, and where to.</summary>
public sealed record ExportRequest
{
    /// <summary>The folder. It is made where it is not there, and must be empty.</summary>
    public required string Path { get; init; }

    /// <summary>How the entries are written.</summary>
    /// <value>DynamoDbJson.</value>
    public ExportFormat Format { get; init; }

    /// <summary>Which URLs are meant; none for all.</summary>
    public IReadOnlyList<UrlPattern> Urls { get; init; } = [];
}
