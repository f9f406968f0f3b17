using System.Reflection;
using Crawl4.Core.Storing;

namespace Crawl4.Core.Verifying;

/// <summary>Names the fields in which two entries differ.</summary>
internal static class EntryFields
{
    /// <summary>What Crawl4AI sets anew, when it has validated a page, in a row that is otherwise left as it is. The row's
    /// time stays, so its version does too.</summary>
    private static readonly HashSet<string> Refreshed = new(StringComparer.Ordinal)
    {
        nameof(CacheEntry.ETag), nameof(CacheEntry.LastModified), nameof(CacheEntry.HeadFingerprint),
    };

    private static readonly PropertyInfo[] Properties = [.. typeof(CacheEntry)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(one => one.Name != nameof(CacheEntry.Version))];

    public static IReadOnlyList<string> Differing(CacheEntry left, CacheEntry right)
    {
        var (one, other) = (CanonicalEntry.Of(left), CanonicalEntry.Of(right));
        return [.. Properties.Where(field => !Equals(field.GetValue(one), field.GetValue(other)))
            .Select(field => field.Name)];
    }

    public static bool IsRefresh(IReadOnlyList<string> fields) => fields.All(Refreshed.Contains);
}
