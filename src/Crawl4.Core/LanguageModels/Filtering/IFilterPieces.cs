namespace Crawl4.Core.LanguageModels.Filtering;

/// <summary>The pieces of a page that a model is asked about, one way or the other.</summary>
internal interface IFilterPieces
{
    int Count { get; }

    ChatRequest QuestionOf(int piece, string url);

    /// <summary>A piece as it is.</summary>
    string Whole(int piece);

    /// <summary>What an answer keeps of a piece, or null where it does not say.</summary>
    string? Kept(int piece, string answer);
}
