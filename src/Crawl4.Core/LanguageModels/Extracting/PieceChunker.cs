using Crawl4.Core.Reading.Chunking;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Divides pages for questions.</summary>
internal static class PieceChunker
{
    public static IChunker Of(bool divides, int size, double overlapRate, double wordTokenRate)
    {
        var chunker = new TokenChunker(size, overlapRate, wordTokenRate);
        return divides ? chunker : new TokenChunker(int.MaxValue, 0, wordTokenRate);
    }

    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/>.</exception>
    public static void CheckMost(int pieces)
    {
        if (pieces < 1)
        {
            throw new Crawl4Exception(Crawl4ErrorCode.OptionInvalid, "MaxPieces must be at least 1.", "MaxPieces");
        }
    }

    public static Crawl4Error TooMany(int pieces, int asked, string url) => new(
        Crawl4ErrorCode.ModelRefused,
        $"{url} has {pieces} pieces; the model was asked about the first {asked}, the most that are allowed.",
        url)
    { Advice = "Allow more pieces, or read less of the page." };
}
