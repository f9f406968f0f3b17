using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Crawling;
using Crawl4.Core.Diagnostics;
using Crawl4.Core.LanguageModels;
using Crawl4.Core.LanguageModels.Schemas;
using Crawl4.Core.Reading.Extracting;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes extraction schemas of hashtables, JSON text and files, and says what is wrong with them.</summary>
[Cmdlet(VerbsCommon.New, "Crawl4Schema", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ExtractionSchema), typeof(string))]
public sealed class NewCrawl4SchemaCommand : PumpedCmdlet<object>
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private const string SampleSet = "Sample";
    private readonly DocumentLines _lines = new();
    private readonly DocumentLines _sampleLines = new();

    /// <summary>The schema: a hashtable, JSON text, or what ConvertFrom-Json made of it.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files of JSON; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Pages of one kind, for a model to write the schema for: text, files, results.</summary>
    [Parameter(ParameterSetName = SampleSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public PSObject? Sample { get; set; }

    /// <summary>The model that writes the schema.</summary>
    [Parameter(ParameterSetName = SampleSet, Mandatory = true)]
    [ValidateNotNull]
    [ModelTransformation]
    public ModelEndpoint? Model { get; set; }

    /// <summary>What is wanted, in words.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [AllowEmptyString]
    public string Query { get; set; } = "";

    /// <summary>An item as it shall come out: JSON text, a hashtable or an object.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [ValidateNotNullOrEmpty]
    [JsonTextTransformation]
    public string TargetJsonExample { get; set; } = "";

    /// <summary>How often the model is told what was wrong.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    [ValidateRange(0, 10)]
    public int MaxRefinement { get; set; } = 3;

    /// <summary>Outputs JSON text, to be kept, instead of a schema.</summary>
    [Parameter(ParameterSetName = SampleSet)]
    public SwitchParameter AsJson { get; set; }

    /// <summary>How the selectors are written.</summary>
    [Parameter]
    [ValidateSet("Css", "Lxml", "XPath")]
    public string? Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == SampleSet)
        {
            AddSample(Sample!);
        }
        else if (InputObject?.BaseObject is string line)
        {
            // Get-Content gives a file line by line.
            foreach (var document in _lines.Add(line, InputObject.Properties["PSPath"]?.Value as string))
            {
                MakeOf(document);
            }
        }
        else if (InputObject is not null)
        {
            MakeOfLines();
            Make(() => SchemaText.Parse(InputObject), InputObject);
        }

        foreach (var path in Path.SelectMany(given => FilePaths.Resolve(this, given)))
        {
            Make(() => ExtractionSchema.Parse(FilePaths.ReadText(path)), path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_sampleLines.End() is { } last)
        {
            Offer(new InputDocument { Html = last.Html, Source = last.Html });
        }

        MakeOfLines();
        base.EndProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<object> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var samples = new List<string>();
        await foreach (var item in input.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (item is InputDocument page)
            {
                samples.Add(await HtmlAsync(page, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                await pipeline.OutputAsync(item).ConfigureAwait(false);
            }
        }

        if (Model is not null)
        {
            await WriteAsync(samples, pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    // All samples are of one kind, so there is one schema for them, once all are there.
    private async Task WriteAsync(
        List<string> samples, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var models = new OpenModels(Model, embedding: null, pipeline);
        var request = new SchemaRequest
        {
            Samples = samples,
            Query = Query,
            TargetJsonExample = TargetJsonExample,
            SchemaType = Kind is null ? SchemaKind.Css : Enum.Parse<SchemaKind>(Kind, ignoreCase: true),
            MaxRefinements = MaxRefinement,
        };
        var written = await new SchemaGenerator(models.Chat!).GenerateAsync(request, cancellationToken).ConfigureAwait(false);
        if (written.Shortcomings.Length > 0)
        {
            pipeline.Write(new Crawl4Event(
                0, EventSeverity.Warning, $"The schema works, with shortcomings. {written.Shortcomings}"));
        }

        await pipeline.OutputAsync(AsJson ? written.Json : written.Schema).ConfigureAwait(false);
    }

    private void AddSample(PSObject sample)
    {
        if (sample.BaseObject is string text)
        {
            foreach (var document in _sampleLines.Add(text, sample.Properties["PSPath"]?.Value as string))
            {
                Offer(new InputDocument { Html = document.Html, Source = document.Html });
            }
        }
        else if (InputDocument.Of(sample) is { } document)
        {
            Offer(document);
        }
        else
        {
            WriteError(ErrorRecords.Of(
                new Crawl4Error(
                    Crawl4ErrorCode.OptionInvalid, $"An object of type {sample.BaseObject.GetType().Name} has no HTML.",
                    nameof(Sample))
                { Advice = "Give text, files, or results of Invoke-Crawl4." },
                sample));
        }
    }

    private static async Task<string> HtmlAsync(InputDocument page, CancellationToken cancellationToken)
    {
        if (page.Html is { } html)
        {
            return html;
        }

        var reader = new DocumentReader();
        var request = new DocumentRequest { Url = page.Url, ContentType = page.ContentType };
        var read = page.Path is { } path
            ? await reader.ReadFileAsync(path, request, cancellationToken).ConfigureAwait(false)
            : await reader.ReadAsync(page.Body ?? default, request, cancellationToken).ConfigureAwait(false);
        return read.Error is { } error ? throw error.ToException() : read.Html;
    }

    private void MakeOfLines()
    {
        if (_lines.End() is { } json)
        {
            MakeOf(json);
        }
    }

    private void MakeOf(LinedDocument json) =>
        Make(() => SchemaText.Parse(json.Html.TrimEnd('\n')), json.File ?? json.Html);

    private void Make(Func<ExtractionSchema> parse, object source)
    {
        ExtractionSchema schema;
        try
        {
            schema = parse();
            schema = Kind is null ? schema : schema with { Kind = Enum.Parse<SchemaKind>(Kind, ignoreCase: true) };

            // Selectors and patterns are compiled here, and not at the first page.
            _ = new SchemaExtractor(schema);
        }
        catch (Crawl4Exception failure)
        {
            WriteError(ErrorRecords.Of(failure.Error, source, failure));
            return;
        }

        Offer(schema);
    }
}
