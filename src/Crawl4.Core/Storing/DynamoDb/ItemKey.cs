using System.Security.Cryptography;
using System.Text;

namespace Crawl4.Core.Storing.DynamoDb;

/// <summary>A URL as the tables' key.</summary>
internal sealed class ItemKey
{
    private const string Shards = "0123456789abcdef";

    public ItemKey(string url)
    {
        var bytes = Encoding.UTF8.GetBytes(url);
        Url = Whole(url);
        var hash = SHA256.HashData(bytes);
        IsHashed = bytes.Length > ServiceLimits.PartitionKeyBytes
            || Url.StartsWith(ItemNames.ReservedPrefix, StringComparison.Ordinal);
        Value = IsHashed ? ItemNames.HashedPrefix + Convert.ToHexStringLower(hash) : Url;
        UrlBytes = bytes.Length;
        SortKey = bytes.AsMemory(0, Math.Min(bytes.Length, ServiceLimits.SortKeyBytes));
        Shard = Shards[hash[0] >> 4].ToString();
    }

    /// <summary>The shards of the listing index. One partition takes 1,000 writes a second, so sixteen take as
    /// many as a table's 40,000 write units are ever used for with entries of a few KB; and a listing asks all of
    /// them, so there are no more.</summary>
    public static IEnumerable<string> AllShards => Shards.Select(digit => digit.ToString());

    /// <summary>UTF-8 has no lone surrogates: what every store keeps of them is U+FFFD.</summary>
    public static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>True where the index knows whether a URL begins so.</summary>
    public static bool FitsSortKey(string prefix) =>
        Encoding.UTF8.GetByteCount(prefix) <= ServiceLimits.SortKeyBytes;

    /// <summary>The URL, without lone surrogates.</summary>
    public string Url { get; }

    /// <summary>The value of the partition key.</summary>
    public string Value { get; }

    public bool IsHashed { get; }

    public int UrlBytes { get; }

    /// <summary>The URL's first bytes, by which the index sorts.</summary>
    public ReadOnlyMemory<byte> SortKey { get; }

    /// <summary>By hash and never by host: a large site would be one hot partition.</summary>
    public string Shard { get; }
}
