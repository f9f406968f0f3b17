using System.Management.Automation;
using Crawl4.Core;
using Crawl4.Core.Reading.Chunking;
using Crawl4.PowerShell.Reporting;

namespace Crawl4.PowerShell.Commands;

/// <summary>Makes a chunker: how Markdown is divided.</summary>
[Cmdlet(VerbsCommon.New, "Crawl4Chunker")]
[OutputType(typeof(IChunker))]
public sealed class NewCrawl4ChunkerCommand : PSCmdlet
{
    /// <summary>The way.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("Identity", "Regex", "Sentence", "Topic", "FixedLengthWord", "SlidingWindow", "OverlappingWindow")]
    public string Strategy { get; set; } = "";

    /// <summary>Words in a piece.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Size { get; set; }

    /// <summary>Words from one sliding window's start to the next.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Step { get; set; }

    /// <summary>Words that overlapping windows share.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Overlap { get; set; }

    /// <summary>Where regex chunking cuts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Pattern { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var options = new ChunkingOptions
            {
                Strategy = Enum.Parse<ChunkingStrategy>(Strategy, ignoreCase: true),
                Size = Size,
                Step = Step,
                Overlap = Overlap,
                Patterns = Pattern,
            };
            WriteObject(options.ToChunker());
        }
        catch (Crawl4Exception failure)
        {
            ThrowTerminatingError(ErrorRecords.Of(failure.Error, Strategy, failure));
        }
    }
}
