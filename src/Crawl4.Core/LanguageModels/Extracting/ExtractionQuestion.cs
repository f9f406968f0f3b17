using System.Text.Json.Nodes;

namespace Crawl4.Core.LanguageModels.Extracting;

/// <summary>Writes the question that a piece of a page is sent with.</summary>
internal sealed class ExtractionQuestion
{
    private const string Blocks =
        """
        Divide the text of the page into blocks of one subject each, in the order of the page, and leave out navigation
        and advertising. Each block is an object: "index" counts from 0, "tags" are a few words for what it is about, and
        "content" is a list of its sentences or paragraphs, word for word from the page.
        """;

    private const string Objects =
        """
        Extract objects from the text of the page, in the order of the page. Take values from the page alone; leave out
        what it does not say, and invent nothing.
        """;

    private readonly string _instructions;
    private readonly JsonObject? _answerSchema;

    public ExtractionQuestion(LlmExtractorOptions options, ItemSchema? schema)
    {
        var isBlock = schema is null && options.ExtractionType == LlmExtractionType.Block;
        _answerSchema = (isBlock ? ItemSchema.Block() : schema)?.Answer;
        var parts = new List<string> { isBlock ? Blocks : Objects };
        if (options.Instruction.Length > 0)
        {
            parts.Add($"What is wanted: {options.Instruction}");
        }

        parts.Add(
            $$"""
            Answer with JSON alone, an object with one property: {"{{AnswerItems.Property}}": [...]}. Where there is
            nothing to extract, the list is empty.
            """);
        if (_answerSchema is not null)
        {
            parts.Add($"The JSON schema of the answer: {_answerSchema.ToJsonString()}");
        }

        parts.Add(QuotedText.Rule);
        _instructions = string.Join("\n\n", parts);
    }

    public ChatRequest For(string text, string url, int piece, int pieces) =>
        new(_instructions, QuotedText.Of(text, url, piece, pieces)) { AsJson = true, AnswerSchema = _answerSchema };
}
