namespace Crawl4.Core.Reading.Chunking;

/// <summary>How a text is divided: one of Crawl4AI's seven ways, by name, with its sizes.</summary>
public sealed record ChunkingOptions
{
    /// <summary>The way.</summary>
    public required ChunkingStrategy Strategy { get; init; }

    /// <summary>Words in a piece, at least 1, for FixedLengthWord, SlidingWindow and OverlappingWindow. Null takes 100, 100
    /// and 1,000, as in Crawl4AI.</summary>
    public int? Size { get; init; }

    /// <summary>Words from one window's start to the next, at least 1, for SlidingWindow. Null takes 50.</summary>
    public int? Step { get; init; }

    /// <summary>Words that a window shares with the one before, below the size, for OverlappingWindow. Null takes
    /// 100.</summary>
    public int? Overlap { get; init; }

    /// <summary>Regular expressions in Python's syntax, for Regex. Empty takes an empty line.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>The chunker.</summary>
    /// <exception cref="Crawl4Exception"><see cref="Crawl4ErrorCode.OptionInvalid"/> where a size is out of range or does
    /// not belong to the strategy, or a pattern is no regular expression.</exception>
    public IChunker ToChunker()
    {
        Refuse(Size is not null, nameof(Size), [
            ChunkingStrategy.FixedLengthWord, ChunkingStrategy.SlidingWindow, ChunkingStrategy.OverlappingWindow]);
        Refuse(Step is not null, nameof(Step), [ChunkingStrategy.SlidingWindow]);
        Refuse(Overlap is not null, nameof(Overlap), [ChunkingStrategy.OverlappingWindow]);
        Refuse(Patterns.Count > 0, nameof(Patterns), [ChunkingStrategy.Regex]);
        return Strategy switch
        {
            ChunkingStrategy.Regex => new RegexChunker(Patterns.Count > 0 ? Patterns : null),
            ChunkingStrategy.Sentence => new SentenceChunker(),
            ChunkingStrategy.Topic => new TopicChunker(),
            ChunkingStrategy.FixedLengthWord => new FixedLengthWordChunker(Size ?? 100),
            ChunkingStrategy.SlidingWindow => new SlidingWindowChunker(Size ?? 100, Step ?? 50),
            ChunkingStrategy.OverlappingWindow => new OverlappingWindowChunker(Size ?? 1_000, Overlap ?? 100),
            _ => new IdentityChunker(),
        };
    }

    private void Refuse(bool isGiven, string option, ChunkingStrategy[] owners) => ChunkSize.Require(
        !isGiven || owners.Contains(Strategy), option, $"does not belong to {Strategy}",
        $"It belongs to {string.Join(", ", owners)}.");
}

/// <summary>Crawl4AI's ways to divide a text.</summary>
public enum ChunkingStrategy
{
    /// <summary>Not at all: the whole text is one piece.</summary>
    Identity,

    /// <summary>At what regular expressions match.</summary>
    Regex,

    /// <summary>Into sentences.</summary>
    Sentence,

    /// <summary>Where the subject changes.</summary>
    Topic,

    /// <summary>Into pieces of so many words.</summary>
    FixedLengthWord,

    /// <summary>Into windows of so many words, each a step further than the one before.</summary>
    SlidingWindow,

    /// <summary>Into windows of so many words, each beginning with the last words of the one before.</summary>
    OverlappingWindow,
}
