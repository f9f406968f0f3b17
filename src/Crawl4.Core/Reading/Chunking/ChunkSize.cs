namespace Crawl4.Core.Reading.Chunking;

/// <summary>Sizes that chunkers can work with.</summary>
internal static class ChunkSize
{
    public static int AtLeastOne(int value, string option)
    {
        Require(value >= 1, option, $"is {value}", "Give a whole number of at least 1.");
        return value;
    }

    public static int Overlap(int value, int size, string option)
    {
        Require(
            value >= 0 && value < size, option, $"is {value}",
            $"Give a whole number of at least 0 and below {size}, the size of a piece.");
        return value;
    }

    public static void Require(bool holds, string option, string what, string advice)
    {
        if (!holds)
        {
            throw new Crawl4Error(Crawl4ErrorCode.OptionInvalid, $"{option} {what}.", option) { Advice = advice }
                .ToException();
        }
    }
}
