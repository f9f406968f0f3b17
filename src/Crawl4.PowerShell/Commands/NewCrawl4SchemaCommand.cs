using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Reading.Extracting;
using Crawl4.PowerShell.Binding;
using Crawl4.PowerShell.Pipeline;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes extraction schemas of hashtables, JSON text and files, and says what is wrong with them.</summary>
[Cmdlet(VerbsCommon.New, "Crawl4Schema", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ExtractionSchema))]
public sealed class NewCrawl4SchemaCommand : PumpedCmdlet<object>
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private readonly List<string> _lines = [];

    /// <summary>The schema: a hashtable, JSON text, or what ConvertFrom-Json made of it.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Files of JSON; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>How the selectors are written.</summary>
    [Parameter]
    [ValidateSet("Css", "Lxml", "XPath")]
    public string? Kind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is string line)
        {
            // Get-Content gives a file line by line.
            _lines.Add(line);
        }
        else if (InputObject is not null)
        {
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
        if (_lines.Count > 0)
        {
            var json = string.Join('\n', _lines);
            Make(() => ExtractionSchema.Parse(json), json);
        }

        base.EndProcessing();
    }

    private protected override async Task RunAsync(
        IAsyncEnumerable<object> input, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await foreach (var schema in input.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await pipeline.OutputAsync(schema).ConfigureAwait(false);
        }
    }

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
