using System.Globalization;
using Crawl4.Core.Hashing;

namespace Crawl4.Core.Storing.Sqlite;

/// <summary>What a row's content columns and time are: enough to say whether the side row still belongs to
/// it, and which version the entry has.</summary>
internal readonly record struct RowIdentity(string?[] Content, double? CachedAt, EntryMark? Mark)
{
    /// <summary>The columns that Crawl4AI refreshes without giving the row a new time.</summary>
    public static readonly string[] ValidatorColumns = ["etag", "last_modified", "head_fingerprint"];

    /// <summary>The values of <see cref="ValidatorColumns"/>; only <see cref="Seen"/> looks at them.</summary>
    public string?[] Validators { get; init; } = [];

    /// <summary>True where nobody else has written the row since the side row was.</summary>
    /// <remarks>A row whose time is zero got that column from somebody's upgrade after we wrote it: then the
    /// content alone decides.</remarks>
    public bool IsOurs(TableShape shape, ContentReader content)
    {
        if (Mark is null || (CachedAt is { } time && time != 0 && time != Mark.CachedAt))
        {
            return false;
        }

        foreach (var kind in ContentKinds.All)
        {
            if (shape.Has(ContentKinds.Column(kind)) && !Matches(kind, Content[(int)kind] ?? "", content))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The entry's version. A row that another program wrote counts as written at its time, and in
    /// any case after the version that it wrote over.</summary>
    public long Version(bool ours)
    {
        if (ours)
        {
            return Mark!.Version;
        }

        var written = CachedTime.FromSeconds(CachedAt) is { } time ? VersionClock.FromTime(time) : 0;
        return Mark is null ? written : Math.Max(written, Mark.Version + 1);
    }

    /// <summary>Tells this row from whatever anybody writes in its place.</summary>
    public string Seen() => XxHash64.Hex(string.Create(CultureInfo.InvariantCulture,
        $"{string.Join('\n', Content)}\n{CachedAt:R}\n{Mark?.Version}\n{Mark?.Digest}\n{string.Join('\n', Validators)}"));

    private bool Matches(ContentKind kind, string value, ContentReader content)
    {
        var hash = Mark!.Hashes[(int)kind];
        if (value.Length == 0 || hash.Length == 0)
        {
            return value.Length == hash.Length;
        }

        return string.Equals(value, hash, StringComparison.Ordinal)
            || string.Equals(XxHash64.Hex(value), hash, StringComparison.Ordinal)
            || (ContentName.IsName(value)
                && string.Equals(content.EndOfChain(kind, value, hash), hash, StringComparison.Ordinal));
    }
}
