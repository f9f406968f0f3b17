using System.Xml;
using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Extracting.Selecting;

/// <summary>A page that data is extracted from, and what may be spent on it.</summary>
internal sealed class ExtractionPage
{
    /// <summary>Schemas over the largest pages take a tenth of it. Only selectors that walk the page from each of its
    /// elements take longer.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    /// <summary>Characters given back for each of the page. An honest item is given back a few times, as text and as
    /// markup; items within items within items are given back without end.</summary>
    public const int MaxGrowth = 64;

    /// <summary>Small pages may grow by so many characters all the same.</summary>
    public const int MinOutput = 1_000_000;

    /// <summary>Steps between two looks at the clock.</summary>
    private const int StepsPerLook = 1_024;

    /// <summary>Characters that take as long as a step to the next element.</summary>
    private const int CharactersPerStep = 64;

    private readonly Lazy<DocumentOrder> _order;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly long _began;
    private long _output;
    private int _untilLook = StepsPerLook;

    public ExtractionPage(string html, TimeProvider time, CancellationToken cancellationToken)
    {
        _time = time;
        _cancellationToken = cancellationToken;
        _began = time.GetTimestamp();
        _output = ((long)html.Length * MaxGrowth) + MinOutput;
        Document = PageParser.Parse(html, cancellationToken);
        _order = new Lazy<DocumentOrder>(() => new DocumentOrder(Document));
    }

    public IDocument Document { get; }

    public XmlNameTable Names { get; } = new NameTable();

    /// <summary>Made when first asked for.</summary>
    public DocumentOrder Order => _order.Value;

    /// <summary>Counts work, and stops it when it is cancelled or has gone on for too long.</summary>
    /// <param name="characters">How much text was gone over.</param>
    public void Step(int characters = 0)
    {
        _untilLook -= 1 + (characters / CharactersPerStep);
        if (_untilLook > 0)
        {
            return;
        }

        _untilLook = StepsPerLook;
        _cancellationToken.ThrowIfCancellationRequested();
        if (_time.GetElapsedTime(_began) > MaxTime)
        {
            throw SchemaFailure.At(
                "selectors", $"took longer than {MaxTime.TotalSeconds:0} seconds on this page",
                "Choose selectors that do not search the whole page from each element.");
        }
    }

    /// <summary>Counts what is given back.</summary>
    public string Give(string text)
    {
        _output -= text.Length;
        return _output >= 0 ? text : throw SchemaFailure.At(
            "items", $"hold more than {MaxGrowth} times the page",
            "Choose a base selector whose matches are not within each other.");
    }
}
