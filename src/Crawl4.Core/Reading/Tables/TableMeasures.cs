using AngleSharp.Dom;
using Crawl4.Core.Reading.Parsing;

namespace Crawl4.Core.Reading.Tables;

/// <summary>What the score of a table is made of. What is in tables within it is not part of it.</summary>
internal sealed class TableMeasures
{
    private TableMeasures()
    {
    }

    public bool HasHead { get; private set; }

    /// <summary>True where the page, and not the parser alone, gave the table a body.</summary>
    public bool HasBody { get; private set; }

    public bool HasHeaderCells { get; private set; }

    public bool HasHeaderCellsInFirstRow { get; private set; }

    public bool HasNestedTable { get; private set; }

    public int Elements { get; private set; }

    public int TextLength { get; private set; }

    private int Rows { get; set; }

    public static TableMeasures Of(IElement table)
    {
        var measures = new TableMeasures();
        measures.Visit(table);
        var bodies = table.Children.Where(child => child.LocalName == "tbody").Take(2).ToList();
        measures.HasBody = bodies.Count > 1
            || (bodies.Count == 1 && (measures.HasHead || bodies[0].Attributes.Length > 0));
        measures.Elements -= measures.HasBody ? 0 : bodies.Count;
        return measures;
    }

    /// <summary>Recurses at most <see cref="PageParser.MaxDepth"/> deep.</summary>
    private void Visit(INode parent)
    {
        var children = parent.ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is IText text)
            {
                TextLength += text.Data.AsSpan().Trim(HtmlSpace.Characters).Length;
            }
            else if (children[index] is IElement element && TagRoles.Of(element) != TagRole.Hidden)
            {
                Elements++;
                HasHead |= element.LocalName == "thead";
                Rows += element.LocalName == "tr" ? 1 : 0;
                HasHeaderCells |= element.LocalName == "th";
                HasHeaderCellsInFirstRow |= element.LocalName == "th" && Rows == 1;
                if (element.LocalName == "table")
                {
                    HasNestedTable = true;
                }
                else
                {
                    Visit(element);
                }
            }
        }
    }
}
