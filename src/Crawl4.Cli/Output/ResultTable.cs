using System.Text;
using Crawl4.Core.Crawling;
using Spectre.Console;

namespace Crawl4.Cli.Output;

/// <summary>Results as a table that fits the terminal.</summary>
internal static class ResultTable
{
    public static string Of(CliContext context, IReadOnlyList<CrawlResult> results, Func<string, string> pathOf)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("Status").NoWrap().RightAligned());
        table.AddColumn(new TableColumn("Cache").NoWrap());
        table.AddColumn(new TableColumn("Size").NoWrap().RightAligned());
        table.AddColumn(new TableColumn("Time").NoWrap().RightAligned());
        table.AddColumn(new TableColumn("Page").NoWrap());
        table.AddColumn(new TableColumn("Title").NoWrap());
        foreach (var result in results)
        {
            table.AddRow(
                Cell($"{result.StatusCode}", result.Success ? Style.Plain : new Style(Color.Red)),
                Cell(result.Success ? PageWords.Cache(result) : "failed", Style.Plain),
                Cell(Figures.Size(Encoding.UTF8.GetByteCount(result.Html)), Style.Plain),
                Cell(Figures.Milliseconds(result.Elapsed), Style.Plain),
                Cell(PlainText.OneLine(pathOf(result.Url)), Style.Plain),
                Cell(PageWords.Title(result), new Style(decoration: Decoration.Dim)));
        }

        return Rendered(context, table);
    }

    private static Text Cell(string text, Style style) => new(text, style) { Overflow = Overflow.Ellipsis };

    // Rendered to text first, so that all that is printed goes through one writer.
    private static string Rendered(CliContext context, Table table)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = context.HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = context.HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = context.Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
        return text.ToString();
    }
}
