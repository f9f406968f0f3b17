using System.CommandLine;
using System.CommandLine.Parsing;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Extracting;
using static Crawl4.Cli.Commands.PlainOption;

namespace Crawl4.Cli.Commands;

/// <summary>What data is extracted: by a schema, by patterns, by a language model, as clusters or as pieces.</summary>
internal sealed class ExtractionArguments
{
    private readonly Option<ExtractionKind?> _extract = ChoiceOption.Create<ExtractionKind>(
        "--extract", "How data is extracted. Default: as the options given need it.",
        "schema", "regex", "llm", "cosine", "chunks");

    private readonly Option<string?> _schema = Text("--schema", "FILE", "Extract what this JSON schema of Crawl4AI's describes.");
    private readonly Option<SchemaKind?> _kind = ChoiceOption.Create<SchemaKind>(
        "--schema-kind", "How the schema's selectors are written. Default: css.", "css", "lxml", "xpath");

    private readonly Option<string[]> _patterns = Texts(
        "--pattern", "LABEL", "Extract what this label stands for, such as email, or all of them.");

    private readonly Option<string[]> _custom = Texts(
        "--custom-pattern", "LABEL=REGEX", "Extract what your regular expression matches.");

    private readonly Option<string?> _instruction = Text("--instruction", "TEXT", "What the model is to extract, in words.");
    private readonly Option<string?> _itemSchema = Text(
        "--item-schema", "FILE", "The JSON schema (json-schema.org) of the items that the model is to extract.");

    private readonly Option<int?> _pieceTokens = CountOption.Create(
        "--chunk-token-threshold", "Ask about longer pages in pieces of so many tokens. Default: 2048.");

    private readonly Option<double?> _overlap = Number(
        "--overlap-rate", "The share of a piece that it has in common with the one before, 0 to 0.5. Default: 0.1.");

    private readonly Option<int?> _maxPieces = CountOption.Create(
        "--max-pieces", "Ask about so many pieces of a page at most. Default: 200.");

    private readonly Option<string?> _semanticFilter = Text(
        "--semantic-filter", "TEXT", "Cluster only paragraphs about this.");

    private readonly Option<double?> _maxDistance = Number(
        "--max-distance", "How unlike clusters may be that are joined. Default: 0.9, with embeddings 0.2.");

    private readonly Option<ClusterLinkage?> _linkage = ChoiceOption.Create<ClusterLinkage>(
        "--linkage", "What the distance of two clusters is. Default: ward.", "ward", "complete", "average", "single");

    private readonly Option<int?> _tags = CountOption.Create(
        "--top-k", "How many tags a cluster gets: its weightiest words. Default: 3.");

    private readonly Option<ExtractionInput?> _source = ChoiceOption.Create<ExtractionInput>(
        "--extract-from", "Default: html for a schema, else markdown.",
        "html", "cleaned-html", "fit-html", "markdown", "fit-markdown");

    private readonly ChunkingArguments _chunking = new();

    public ExtractionArguments()
    {
        _patterns.CompletionSources.Add([.. RegexExtractor.AllLabels, "all"]);
        _source.HelpName = "SOURCE";
        _source.Description = "What data is extracted from: html, cleaned-html, fit-html, markdown or fit-markdown. "
            + _source.Description;
        _custom.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("--custom-pattern needs the form LABEL=REGEX.");
            }
        });
    }

    /// <summary>What the options that belong to one kind alone are.</summary>
    private (Option Option, ExtractionKind Of)[] Owned =>
    [
        (_schema, ExtractionKind.Schema), (_kind, ExtractionKind.Schema), (_patterns, ExtractionKind.Regex),
        (_custom, ExtractionKind.Regex), (_instruction, ExtractionKind.Llm), (_itemSchema, ExtractionKind.Llm),
        (_pieceTokens, ExtractionKind.Llm), (_overlap, ExtractionKind.Llm), (_maxPieces, ExtractionKind.Llm),
        (_semanticFilter, ExtractionKind.Cosine), (_maxDistance, ExtractionKind.Cosine), (_linkage, ExtractionKind.Cosine),
        (_tags, ExtractionKind.Cosine),
    ];

    private enum ExtractionKind
    {
        Schema,
        Regex,
        Llm,
        Cosine,
        Chunks,
    }

    public void AddTo(Command command, ModelArguments models)
    {
        command.Add(_extract);
        foreach (var (option, _) in Owned)
        {
            command.Add(option);
        }

        command.Add(_source);
        _chunking.AddTo(command);
        command.Validators.Add(result => Validate(result, models));
    }

    /// <summary>The extraction, or null where none was asked for.</summary>
    public PageExtraction? Of(ParseResult parsed, OpenModels models)
    {
        var chunker = _chunking.Of(parsed);
        var source = parsed.GetValue(_source);
        var extraction = KindOf(parsed.CommandResult) switch
        {
            ExtractionKind.Schema => Schema(parsed, source),
            ExtractionKind.Regex => Patterns(parsed, source),
            ExtractionKind.Llm => PageExtraction.ByModel(
                new LlmExtractor(models.Chat!, Questions(parsed), NullEventSink.Instance), source),
            ExtractionKind.Cosine when models.Embedding is not null => PageExtraction.ByModel(
                new EmbeddingCosineExtractor(models.Embedding, Clusters(parsed)), source),
            ExtractionKind.Cosine => PageExtraction.ByClusters(Clusters(parsed), source),
            ExtractionKind.Chunks => PageExtraction.ByChunks(chunker!, source),
            _ => null,
        };
        return extraction is null || KindOf(parsed.CommandResult) == ExtractionKind.Chunks
            ? extraction
            : extraction with { Chunker = chunker };
    }

    private void Validate(CommandResult result, ModelArguments models)
    {
        var given = Owned.Where(each => result.GetResult(each.Option) is { Implicit: false }).ToList();
        if (given.Select(each => each.Of).Distinct().Take(2).ToList() is [var one, var other])
        {
            var names = new[] { one, other }.Select(kind => given.First(each => each.Of == kind).Option.Name);
            result.AddError($"{string.Join(" and ", names)} belong to two ways to extract; give one of them.");
            return;
        }

        var kind = KindOf(result);
        if (given.Find(each => each.Of != kind) is ({ } stray, _))
        {
            result.AddError($"{stray.Name} does not belong to --extract {kind.ToString()!.ToLowerInvariant()}.");
        }
        else if (kind == ExtractionKind.Schema && result.Valid(_schema) is null)
        {
            result.AddError("--schema-kind and --extract schema need a schema; give --schema FILE.");
        }
        else if (kind == ExtractionKind.Llm && !models.HasChat(result))
        {
            result.AddError("A language model is to extract, and none is named; give --model NAME.");
        }
        else if (kind == ExtractionKind.Chunks && !_chunking.IsGiven(result))
        {
            result.AddError("--extract chunks needs --chunking.");
        }
        else if (kind != ExtractionKind.Cosine && models.HasEmbedding(result))
        {
            result.AddError("--embedding-model belongs to --extract cosine.");
        }
        else if (kind is null && result.Valid(_source) is not null)
        {
            result.AddError("--extract-from needs something to extract; give --schema, --pattern or --extract.");
        }
    }

    private ExtractionKind? KindOf(CommandResult result)
    {
        if (result.Valid(_extract) is { } said)
        {
            return said;
        }

        foreach (var (option, kind) in Owned)
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                return kind;
            }
        }

        return _chunking.IsGiven(result) ? ExtractionKind.Chunks : null;
    }

    private PageExtraction Schema(ParseResult parsed, ExtractionInput? source)
    {
        var schema = ExtractionSchema.Parse(FileText(_schema, parsed.GetValue(_schema)!));
        return PageExtraction.BySchema(schema with { Kind = parsed.GetValue(_kind) ?? schema.Kind }, source);
    }

    private PageExtraction Patterns(ParseResult parsed, ExtractionInput? source)
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(_custom) ?? [])
        {
            var parts = text.Split('=', 2);
            custom[parts[0].Trim()] = parts[1];
        }

        var labels = Words(parsed.GetValue(_patterns));
        return PageExtraction.ByPatterns(labels.Length + custom.Count == 0 ? ["all"] : labels, custom, source);
    }

    private LlmExtractorOptions Questions(ParseResult parsed)
    {
        var usual = new LlmExtractorOptions();
        var schema = parsed.GetValue(_itemSchema) is { } path ? FileText(_itemSchema, path) : "";
        var instruction = parsed.GetValue(_instruction) ?? "";
        return usual with
        {
            Instruction = instruction,
            Schema = schema,
            ExtractionType = instruction.Length + schema.Length > 0 ? LlmExtractionType.Schema : LlmExtractionType.Block,
            ChunkTokenThreshold = parsed.GetValue(_pieceTokens) ?? usual.ChunkTokenThreshold,
            OverlapRate = parsed.GetValue(_overlap) ?? usual.OverlapRate,
            MaxPieces = parsed.GetValue(_maxPieces) ?? usual.MaxPieces,
        };
    }

    private CosineOptions Clusters(ParseResult parsed)
    {
        var usual = new CosineOptions();
        return usual with
        {
            SemanticFilter = parsed.GetValue(_semanticFilter) ?? "",
            MaxDistance = parsed.GetValue(_maxDistance),
            Linkage = parsed.GetValue(_linkage) ?? usual.Linkage,
            TopK = parsed.GetValue(_tags) ?? usual.TopK,
        };
    }
}
