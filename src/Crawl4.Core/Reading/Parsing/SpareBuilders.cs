using System.Collections.Concurrent;
using System.Text;

namespace Crawl4.Core.Reading.Parsing;

/// <summary>Builders that are used again, page after page: what a page becomes is about as long as the page, and a new
/// builder for each of its forms would be most of what reading allocates.</summary>
internal static class SpareBuilders
{
    /// <summary>Characters that a spare builder holds at most: 1 MB, more than nearly every page needs.</summary>
    public const int MaxCapacity = 512 * 1024;

    /// <summary>Builders for less are not worth keeping.</summary>
    private const int MinCapacity = 1024;

    /// <summary>Builders that are kept: what two pages need at a time.</summary>
    private const int MaxKept = 8;

    private static readonly ConcurrentBag<StringBuilder> Kept = [];

    private static int _kept;

    /// <summary>An empty builder.</summary>
    /// <param name="capacity">Characters that it should hold without growing.</param>
    public static StringBuilder Take(int capacity)
    {
        if (capacity is < MinCapacity or > MaxCapacity || !Kept.TryTake(out var builder))
        {
            return new StringBuilder(capacity);
        }

        Interlocked.Decrement(ref _kept);
        builder.EnsureCapacity(capacity);
        return builder;
    }

    /// <summary>Gives a builder back, and what was built.</summary>
    public static string Finish(StringBuilder builder)
    {
        var text = builder.ToString();
        GiveBack(builder);
        return text;
    }

    /// <summary>Gives a builder back. It is not to be used any more.</summary>
    public static void GiveBack(StringBuilder builder)
    {
        // A builder that grew is a chain of pieces; emptied, the first piece is left.
        builder.Clear();
        if (builder.Capacity is < MinCapacity or > MaxCapacity)
        {
            return;
        }

        if (Interlocked.Increment(ref _kept) <= MaxKept)
        {
            Kept.Add(builder);
        }
        else
        {
            Interlocked.Decrement(ref _kept);
        }
    }
}
