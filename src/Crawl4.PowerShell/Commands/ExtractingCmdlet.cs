using System.Collections;
using System.Management.Automation;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Extracting;
using Crawl4.Core.Reading;
using Crawl4.Core.Reading.Chunking;
using Crawl4.Core.Reading.Clustering;
using Crawl4.Core.Reading.Extracting;
using Crawl4.PowerShell.Binding;

namespace Crawl4.PowerShell.Commands;

/// <summary>What cmdlets share that read pages and extract data from them.</summary>
/// <typeparam name="TIn">What the body is offered. Never a type of Crawl4.Core.</typeparam>
public abstract class ExtractingCmdlet<TIn> : ReadingCmdlet<TIn>
{
    private PageExtraction? _parsing;

    /// <summary>How pages are read. What other parameters say wins.</summary>
    [Parameter]
    [ValidateNotNull]
    public ReadingOptions? ReadingOption { get; set; }

    /// <summary>What is extracted by selectors.</summary>
    [Parameter]
    [ValidateNotNull]
    [SchemaTransformation]
    public ExtractionSchema? Schema { get; set; }

    /// <summary>What is extracted by patterns: labels of the catalogue.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PatternLabelCompleter))]
    public string[] Pattern { get; set; } = [];

    /// <summary>Patterns of the user's own, by their labels.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? CustomPattern { get; set; }

    /// <summary>The language model that extracts or filters.</summary>
    [Parameter]
    [ValidateNotNull]
    [ModelTransformation]
    public ModelEndpoint? Model { get; set; }

    /// <summary>What the model extracts, in words.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Instruction { get; set; }

    /// <summary>The JSON schema of the items that the model extracts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [JsonTextTransformation]
    public string? ItemSchema { get; set; }

    /// <summary>Longer pages are asked about in pieces of so many tokens.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ChunkTokenThreshold { get; set; } = 2_048;

    /// <summary>The share of a piece that it has in common with the one before.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.5)]
    public double OverlapRate { get; set; } = 0.1;

    /// <summary>The most pieces of a page that the model is asked about.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxPieces { get; set; } = 200;

    /// <summary>Paragraphs about the same are put together.</summary>
    [Parameter]
    public SwitchParameter Cluster { get; set; }

    /// <summary>Only paragraphs about this are clustered.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SemanticFilter { get; set; }

    /// <summary>How unlike clusters may be that are joined.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double MaxDistance { get; set; }

    /// <summary>What the distance of two clusters is.</summary>
    [Parameter]
    [ValidateSet("Ward", "Complete", "Average", "Single")]
    public string Linkage { get; set; } = "Ward";

    /// <summary>How many tags a cluster gets.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TopK { get; set; } = 3;

    /// <summary>The model whose embeddings clusters go by.</summary>
    [Parameter]
    [ValidateNotNull]
    [ModelTransformation]
    public ModelEndpoint? EmbeddingModel { get; set; }

    /// <summary>Divides Markdown before extraction; alone, its pieces are extracted.</summary>
    [Parameter]
    [ValidateNotNull]
    [ChunkerTransformation]
    [ArgumentCompleter(typeof(ChunkerNameCompleter))]
    public IChunker? Chunker { get; set; }

    /// <summary>What of the page data is extracted from.</summary>
    [Parameter]
    [ValidateSet("Markdown", "FitMarkdown", "Html", "CleanedHtml", "FitHtml")]
    public string? ExtractFrom { get; set; }

    private protected ReadingOptions Reading { get; private set; } = null!;

    private protected bool Extracts { get; private set; }

    private bool IsByModel => Instruction is not null || ItemSchema is not null;

    private bool IsByCluster => Cluster || SemanticFilter is not null || EmbeddingModel is not null;

    private ExtractionInput? Source =>
        ExtractFrom is null ? null : Enum.Parse<ExtractionInput>(ExtractFrom, ignoreCase: true);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Reading = Checked(() => Apply(ReadingOption ?? ReadingOptions.Default));
        _parsing = Checked(() =>
        {
            CheckKinds();
            return Parsing();
        });
        base.BeginProcessing();
    }

    /// <summary>Connections to the models that are named, for the body to dispose.</summary>
    private protected OpenModels OpenModels(IEventSink events) => new(Model, EmbeddingModel, events);

    /// <summary>The extraction, or null where none was asked for.</summary>
    private protected PageExtraction? ExtractionBy(OpenModels models, IEventSink events)
    {
        var extraction = IsByModel ? PageExtraction.ByModel(new LlmExtractor(models.Chat!, Questions(), events), Source)
            : models.Embedding is { } vectors
                ? PageExtraction.ByModel(new EmbeddingCosineExtractor(vectors, Clusters()), Source)
                : _parsing;
        return extraction is null || ReferenceEquals(extraction, _parsing)
            ? extraction
            : extraction with { Chunker = Chunker };
    }

    private void CheckKinds()
    {
        var byPattern = Pattern.Length > 0 || CustomPattern is not null;
        var kinds = new[] { Schema is not null, byPattern, IsByModel, IsByCluster }.Count(isGiven => isGiven);
        Extracts = kinds > 0 || Chunker is not null;
        Refuse(
            kinds > 1, nameof(Schema), "and -Pattern, -Instruction and -Cluster are ways to extract, and two are given",
            "Give one of them, and run the command again for the other: the page is in the cache.");
        Refuse(
            !Extracts && ExtractFrom is not null, nameof(ExtractFrom), "is given, and nothing to extract",
            "Give -Schema, -Pattern, -Instruction, -Cluster or -Chunker.");
        Refuse(
            IsByModel && Model is null, Instruction is null ? nameof(ItemSchema) : nameof(Instruction), "needs a model",
            "Name one with -Model.");
        Refuse(
            Reading.ContentFilter is LlmContentFilter && Model is null, nameof(ContentFilter), "Llm needs a model",
            "Name one with -Model.");
        RefuseStray(IsByCluster, "belongs to clusters", "Give -Cluster.", nameof(MaxDistance), nameof(Linkage), nameof(TopK));
        RefuseStray(
            IsByModel, "belongs to -Instruction", "Give an instruction or -ItemSchema.",
            nameof(ChunkTokenThreshold), nameof(OverlapRate), nameof(MaxPieces));
    }

    private void RefuseStray(bool hasOwner, string what, string advice, params string[] names)
    {
        foreach (var name in names)
        {
            Refuse(!hasOwner && IsGiven(name), name, what, advice);
        }
    }

    // What needs no model is checked at once, and not at the first page.
    private PageExtraction? Parsing()
    {
        var extraction = Schema is not null ? PageExtraction.BySchema(Schema, Source)
            : Pattern.Length > 0 || CustomPattern is not null
                ? PageExtraction.ByPatterns(Pattern, HeaderText.From(CustomPattern), Source)
            : IsByCluster ? PageExtraction.ByClusters(Clusters(), Source)
            : null;
        return extraction is not null ? extraction with { Chunker = Chunker }
            : Chunker is not null && !IsByModel ? PageExtraction.ByChunks(Chunker, Source)
            : null;
    }

    private LlmExtractorOptions Questions() => new()
    {
        Instruction = Instruction ?? "",
        Schema = ItemSchema ?? "",
        ExtractionType = LlmExtractionType.Schema,
        ChunkTokenThreshold = ChunkTokenThreshold,
        OverlapRate = OverlapRate,
        MaxPieces = MaxPieces,
    };

    private CosineOptions Clusters() => new()
    {
        SemanticFilter = SemanticFilter ?? "",
        MaxDistance = IsGiven(nameof(MaxDistance)) ? MaxDistance : null,
        Linkage = Enum.Parse<ClusterLinkage>(Linkage, ignoreCase: true),
        TopK = TopK,
    };
}
