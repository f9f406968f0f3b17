using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Fetching;
using Crawl4.Core.Reading;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Reads HTML from anywhere, without cache and, but for models, without network.</summary>
[Cmdlet(VerbsData.ConvertTo, "Crawl4Markdown", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string), typeof(CrawlResult), typeof(PageLink), typeof(MediaItem), typeof(PageTable), typeof(PSObject))]
public sealed class ConvertToCrawl4MarkdownCommand : ExtractingCmdlet<object>
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly DocumentLines _lines = new();
    private readonly MemoryStream _bytes = new();

    /// <summary>The document: text, lines of text, a file, an answer of Invoke-WebRequest, a crawl's result.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Files; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, exactly as they are named.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What relative links are relative to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>What is output of each document.</summary>
    [Parameter]
    [ValidateSet(
        "Markdown", "Citations", "Fit", "CleanedHtml", "FitHtml", "Links", "Media", "Tables", "Metadata", "Extracted",
        "Result")]
    public string? As { get; set; }

    /// <summary>The largest file, in bytes.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxBodyBytes { get; set; } = HttpFetchOptions.DefaultMaxBodyBytes;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Checked(() =>
        {
            var part = As?.ToLowerInvariant();
            Refuse(
                part is "fit" or "fithtml" && Reading.ContentFilter is null, nameof(As), $"{As} needs a content filter",
                "Give -ContentFilter Pruning, Bm25 or Llm.");
            Refuse(
                part is "extracted" && !Extracts, nameof(As), "Extracted needs something to extract",
                "Give -Schema, -Pattern, -Instruction, -Cluster or -Chunker.");
            return true;
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in Path.SelectMany(path => FilePaths.Resolve(this, path))
            .Concat(LiteralPath.SelectMany(path => FilePaths.ResolveEachLiteral(this, path))))
        {
            Offer(new InputDocument { Path = file, Source = file });
        }

        if (InputObject?.BaseObject is byte next)
        {
            OfferText(_lines.End());
            _bytes.WriteByte(next);
            return;
        }

        OfferBytes();
        if (InputObject?.BaseObject is string text)
        {
            foreach (var document in _lines.Add(text, InputObject.Properties["PSPath"]?.Value as string))
            {
                OfferText(document);
            }
        }
        else if (InputObject is not null)
        {
            OfferText(_lines.End());
            OfferObject(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        OfferBytes();
        OfferText(_lines.End());
        base.EndProcessing();
    }

    private protected override ReadingOptions Apply(ReadingOptions basis) => base.Apply(basis) with
    {
        BaseUrl = BaseUrl ?? basis.BaseUrl,
    };

    private protected override async Task RunAsync(
        IAsyncEnumerable<object> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var models = OpenModels(pipeline);
        var reader = new DocumentReader(MaxBodyBytes, pipeline);
        var request = new DocumentRequest
        {
            Reading = Reading,
            Extraction = ExtractionBy(models, pipeline),
            Model = models.Chat,
        };
        await foreach (var item in input.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var document = (InputDocument)item;
            var result = await ReadAsync(reader, document, request, cancellationToken).ConfigureAwait(false);
            if (result.Success)
            {
                foreach (var value in PartsOf(result))
                {
                    await pipeline.OutputAsync(value).ConfigureAwait(false);
                }
            }

            foreach (var error in new[] { result.Error, result.FilterError, result.ExtractionError }.OfType<Crawl4Error>())
            {
                await pipeline.FailureAsync(error, document.Source).ConfigureAwait(false);
            }
        }
    }

    private static Task<CrawlResult> ReadAsync(
        DocumentReader reader, InputDocument document, DocumentRequest shared, CancellationToken cancellationToken)
    {
        var request = shared with { Url = document.Url, ContentType = document.ContentType };
        return document.Path is { } path ? reader.ReadFileAsync(path, request, cancellationToken)
            : document.Body is { } body ? reader.ReadAsync(body, request, cancellationToken)
            : reader.ReadHtmlAsync(document.Html ?? "", request, cancellationToken);
    }

    // What was asked for besides is what is wanted: a filter makes nothing but fit Markdown, a schema nothing but data.
    private IEnumerable<object> PartsOf(CrawlResult result) =>
        (As ?? (Extracts ? "Extracted" : Reading.ContentFilter is not null ? "Fit" : "Markdown"))
            .ToLowerInvariant() switch
        {
            "markdown" => [result.Markdown.RawMarkdown],
            "citations" => [result.Markdown.MarkdownWithCitations + result.Markdown.ReferencesMarkdown],
            "fit" => [result.Markdown.FitMarkdown],
            "cleanedhtml" => [result.CleanedHtml],
            "fithtml" => [result.Markdown.FitHtml],
            "links" => [.. result.Links.Internal, .. result.Links.External],
            "media" => [.. result.Media.Images, .. result.Media.Videos, .. result.Media.Audios],
            "tables" => result.Tables,
            "metadata" => [result.Metadata],
            "extracted" => ExtractedObjects.Of(result).OfType<object>(),
            _ => [result],
        };

    private void OfferText(LinedDocument? document)
    {
        if (document is not null)
        {
            Offer(new InputDocument { Html = document.Html, Source = document.File ?? document.Html });
        }
    }

    // Get-Content -AsByteStream and arrays that the pipeline unrolls give a document byte by byte.
    private void OfferBytes()
    {
        if (_bytes.Length > 0)
        {
            var body = _bytes.ToArray();
            _bytes.SetLength(0);
            Offer(new InputDocument { Body = body, Source = body });
        }
    }

    private void OfferObject(PSObject value)
    {
        if (InputDocument.Of(value) is { } document)
        {
            Offer(document);
            return;
        }

        var error = new Crawl4Error(
            Crawl4ErrorCode.OptionInvalid, $"An object of type {value.BaseObject.GetType().Name} has no HTML.", "InputObject")
        {
            Advice = "Give text, files, answers of Invoke-WebRequest, or objects with a property Html or Content.",
        };
        WriteError(ErrorRecords.Of(error, value));
    }
}
